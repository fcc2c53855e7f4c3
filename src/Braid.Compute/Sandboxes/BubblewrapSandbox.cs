using System.Diagnostics;
using Braid.Compute.Processes;

namespace Braid.Compute.Sandboxes;

/// <summary>bubblewrap (<c>bwrap</c>): made for this, works as root and as an ordinary user.</summary>
internal sealed class BubblewrapSandbox(IReadOnlyList<Mount> extraMounts) : ISandbox
{
    private static readonly string[] namespaces =
    [
        "--unshare-user",
        "--unshare-pid",
        "--unshare-ipc",
        "--unshare-uts",
        "--unshare-cgroup-try",
        "--die-with-parent",
        "--new-session",
        "--cap-drop",
        "ALL",
    ];

    public string Name => "bubblewrap";

    public bool ChangesUser => true;

    /// <summary>The environment goes as the process's own: on the command line every user of the machine could read it.</summary>
    public ProcessStartInfo Wrap(ProcessSpec spec)
    {
        var start = new ProcessStartInfo("bwrap", [.. Arguments(spec)]);
        start.Environment.Clear();
        foreach (var (name, value) in spec.Environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private IEnumerable<string> Arguments(ProcessSpec spec) =>
        [
            .. namespaces,
            .. spec.HasNetwork ? (string[])[] : ["--unshare-net"],
            .. spec.HostName is { } name ? (string[])["--hostname", name] : [],
            .. spec.User is { } user ? (string[])["--uid", $"{user.User}", "--gid", $"{user.Group}"] : [],
            .. SystemFolders.Folders().SelectMany(folder => Bind(new(folder, folder, false))),
            .. SystemFolders.Links().SelectMany(link => (string[])["--symlink", link.Target, link.Link]),
            .. (string[])["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", "--tmpfs", "/pfs"],
            .. spec.Devices.SelectMany(device => (string[])["--dev-bind", device, device]),
            .. extraMounts.Concat(spec.Mounts).SelectMany(Bind),
            .. (string[])["--remount-ro", "/pfs", "--remount-ro", "/", "--chdir", spec.WorkingDirectory, "--"],
            .. LimitedCommand.Of(spec),
        ];

    private static string[] Bind(Mount mount) => [mount.Writable ? "--bind" : "--ro-bind", mount.Source, mount.Target];
}
