using Braid.Cli.CommandLine;
using Braid.Cli.Imports;
using Braid.Cli.TrackedRuns.Code;

namespace Braid.Cli.MLProjects;

/// <summary>Where a project is on this machine.</summary>
/// <param name="Address">What was asked for: the folder's full path, or the repository's address with its <c>#folder</c>.</param>
/// <param name="Version">The branch, tag or commit that was asked for.</param>
internal sealed record ProjectSource(string Folder, string Address, string? Version)
{
    /// <summary>A folder is used where it lies; a repository, or a version of a local one, is cloned into a folder of its own.</summary>
    /// <param name="text">A folder, or what git clones; <c>#folder</c> behind it names one below.</param>
    /// <exception cref="Failure">There is no such project.</exception>
    public static async Task<ProjectSource> FetchAsync(
        string text,
        string? version,
        TextWriter progress,
        CancellationToken ct
    )
    {
        var (place, below) = text.Trim('\'', '"').Split('#', 2) switch
        {
            [var front, var back] => (front, back),
            [var whole, ..] => (whole, ""),
            [] => ("", ""),
        };
        if (below.Contains('.', StringComparison.Ordinal))
        {
            throw new Failure("'.' is not allowed in project subdirectory paths.");
        }

        if (place.EndsWith(".zip", StringComparison.Ordinal))
        {
            throw new Failure($"{place} is an archive: unpack it, and name its folder");
        }

        var local = LocalFolder(place);
        if (local is not null && version is not null && !Path.Exists(Path.Combine(local, ".git")))
        {
            throw new Failure("Setting a version is only supported for Git project URIs");
        }

        var root =
            local is not null && version is null ? local : await CloneAsync(local ?? place, version, progress, ct);
        // A rooted name below must stay below.
        var folder = Path.GetFullPath(Path.Join(root, below));
        return Directory.Exists(folder)
            ? new(folder, AddressOf(local ?? MaskedEnvironment.WithoutCredentials(place), below), version)
            : throw new Failure($"Could not find subdirectory {below} of {root}");
    }

    private static string AddressOf(string place, string below) => below.Length > 0 ? $"{place}#{below}" : place;

    private static string? LocalFolder(string place)
    {
        var path =
            Uri.TryCreate(place, UriKind.Absolute, out var uri) && uri is { IsFile: true, Host: "" }
                ? uri.LocalPath
                : place;
        return Directory.Exists(path) ? Path.GetFullPath(path) : null;
    }

    private static async Task<string> CloneAsync(
        string repository,
        string? version,
        TextWriter progress,
        CancellationToken ct
    )
    {
        if (version is ['-', ..])
        {
            throw new Failure($"invalid argument \"{version}\" for --version: no branch, tag or commit");
        }

        var folder = Directory.CreateTempSubdirectory("braid-project-").FullName;
        progress.WriteLine(
            $"=== Fetching project from {MaskedEnvironment.WithoutCredentials(repository)} into {folder} ==="
        );
        string[] depth = version is null ? ["--depth", "1", "--shallow-submodules", "--recurse-submodules"] : [];
        await GitProcess.ReadAsync(".", ct, ["clone", "--quiet", .. depth, "--", repository, folder]);
        if (version is not null)
        {
            await CheckOutAsync(repository, version, folder, ct);
        }

        return folder;
    }

    private static async Task CheckOutAsync(string repository, string version, string folder, CancellationToken ct)
    {
        try
        {
            await GitProcess.ReadAsync(folder, ct, "checkout", "--quiet", version, "--");
        }
        catch (Failure refused)
        {
            throw new Failure(
                $"Unable to checkout version '{version}' of git repo {MaskedEnvironment.WithoutCredentials(repository)} "
                    + $"- please ensure that the version exists in the repo. Error: {refused.Message}"
            );
        }

        await GitProcess.ReadAsync(folder, ct, "submodule", "--quiet", "update", "--init", "--recursive");
    }
}
