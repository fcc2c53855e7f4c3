namespace Braid.Load.Machine;

/// <summary>Programs that keep versions of data, as far as they are installed.</summary>
internal static class Peers
{
    /// <summary>How each makes a repository, and puts a file or folder into it.</summary>
    public static IReadOnlyList<(
        string Name,
        Func<string, string> Init,
        Func<string, string, string> Backup
    )> All { get; } =
    [
        (
            "restic",
            repository => $"restic -q --no-cache init -r {repository}",
            (repository, source) => $"restic -q --no-cache backup -r {repository} {source}"
        ),
        (
            "borg",
            repository => $"borg init -e none {repository}",
            (repository, source) => $"borg create {repository}::{{now}}-{{pid}} {source}"
        ),
    ];
}
