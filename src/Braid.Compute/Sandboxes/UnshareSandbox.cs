using System.Diagnostics;
using Braid.Compute.Processes;

namespace Braid.Compute.Sandboxes;

/// <summary>
/// util-linux's <c>unshare</c>: the script <c>enter.sh</c> builds a root of bind mounts on a tmpfs and goes into it.
/// <c>setpriv</c> outside makes the whole die with the server.
/// </summary>
internal sealed class UnshareSandbox(IReadOnlyList<Mount> extraMounts) : ISandbox
{
    private static readonly string script = ReadScript();

    private static readonly string[] namespaces = ["--mount", "--pid", "--ipc", "--uts", "--fork", "--kill-child"];

    /// <summary>An ordinary user may mount only where it is root: in a user namespace.</summary>
    private static readonly string[] user = System.Environment.IsPrivilegedProcess ? [] : ["--user", "--map-root-user"];

    public string Name => "unshare";

    /// <summary>Other users could not be mapped to the one user that an ordinary user is.</summary>
    public bool ChangesUser => false;

    /// <summary>
    /// The environment goes as the process's own, since a command line is public; only variables whose names a shell would
    /// drop (an input called <c>a-b</c>, never a secret) are handed to <c>env</c>.
    /// </summary>
    public ProcessStartInfo Wrap(ProcessSpec spec)
    {
        var start = new ProcessStartInfo(
            "setpriv",
            [
                .. (string[])["--pdeathsig", "KILL", "unshare", .. user, .. namespaces],
                .. spec.HasNetwork ? (string[])[] : ["--net"],
                .. (string[])["sh", "-c", script, "enter", .. Arguments(spec)],
            ]
        );
        start.Environment.Clear();
        foreach (var (name, value) in spec.Environment.Where(e => ShellNames.Takes(e.Key)))
        {
            start.Environment[name] = value;
        }

        return start;
    }

    /// <summary>Instructions for the script, each a word and two operands; then <c>run DIR</c> and the command.</summary>
    private IEnumerable<string> Arguments(ProcessSpec spec) =>
        [
            .. SystemFolders.Folders().SelectMany(folder => Bind(new(folder, folder, false))),
            .. SystemFolders.Links().SelectMany(link => (string[])["link", link.Target, link.Link]),
            .. spec.HostName is { } name ? (string[])["name", name, ""] : [],
            .. spec.Devices.SelectMany(device => Bind(new(device, device, true))),
            .. extraMounts.Concat(spec.Mounts).SelectMany(Bind),
            .. (string[])["run", spec.WorkingDirectory],
            .. spec.Environment.Where(e => !ShellNames.Takes(e.Key)).Select(e => $"{e.Key}={e.Value}"),
            .. LimitedCommand.Of(spec),
        ];

    private static string[] Bind(Mount mount) => [mount.Writable ? "bind" : "ro-bind", mount.Source, mount.Target];

    private static string ReadScript()
    {
        using var stream = typeof(UnshareSandbox).Assembly.GetManifestResourceStream("enter.sh");
        using var reader = new StreamReader(stream!); // embedded by the project file
        return reader.ReadToEnd();
    }
}
