using System.Diagnostics;
using System.Globalization;
using Braid.Testing;

namespace Braid.System.Tests;

/// <summary>Runs only where a file system can be mounted; says why not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MountFactAttribute : FactAttribute
{
    public MountFactAttribute()
    {
        if (!File.Exists("/dev/fuse"))
        {
            Skip = "there is no /dev/fuse here";
        }
        else if (Environment.UserName != "root" && !File.Exists("/usr/bin/fusermount3"))
        {
            Skip = "only root may mount without fusermount3 (apt-get install fuse3)";
        }
        else if (Environment.UserName == "root" && !MayMount())
        {
            Skip = "this root may not mount (a container without CAP_SYS_ADMIN)";
        }
    }

    /// <summary>Bit 21 of the effective capabilities.</summary>
    private static bool MayMount()
    {
        var line = File.ReadLines("/proc/self/status")
            .First(line => line.StartsWith("CapEff", StringComparison.Ordinal));
        return (Convert.ToUInt64(line.Split('\t')[1], 16) & (1UL << 21)) != 0;
    }
}

/// <summary>A server with a mount of its own, and folders of its own for both.</summary>
internal sealed class Mounting : IAsyncDisposable
{
    private readonly TempFolder folder = new();

    private Mounting(ServerProcess server)
    {
        Server = server;
        Root = Directory.CreateDirectory(folder.File("mnt")).FullName;
        server.Variables["HOME"] = folder.Path;
        server.Variables["XDG_STATE_HOME"] = folder.File("state");
    }

    public ServerProcess Server { get; }

    /// <summary>Where it is mounted.</summary>
    public string Root { get; }

    public string State => folder.File("state");

    public static async Task<Mounting> StartAsync(params string[] repos)
    {
        var mounting = new Mounting(await ServerProcess.StartAsync());
        foreach (var repo in repos)
        {
            await mounting.OkAsync("create", "repo", repo);
        }

        return mounting;
    }

    /// <summary>A path below the mount.</summary>
    public string At(params string[] parts) => Path.Combine([Root, .. parts]);

    public async Task PutAsync(string target, string content)
    {
        var path = folder.File("source");
        await File.WriteAllTextAsync(path, content);
        await OkAsync("put", "file", target, "-f", path);
    }

    public Task<Outcome> MountAsync(params string[] flags) => Server.BraidAsync(["mount", Root, .. flags]);

    public Task<Outcome> UnmountAsync(params string[] flags) => Server.BraidAsync(["unmount", Root, .. flags]);

    public async Task<string> OkAsync(params string[] words)
    {
        var outcome = await Server.BraidAsync(words);
        Assert.True(outcome.Code == 0, $"braid {string.Join(' ', words)}: {outcome.Error}");
        return outcome.Out;
    }

    /// <summary>Kills the process that serves the mount.</summary>
    public void KillProcess()
    {
        using var process = Process.GetProcessById(ProcessNumber());
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>How often the process that serves the mount has read: once for each request of the kernel, and for a few other things.</summary>
    public long ReadCalls() =>
        File.ReadLines($"/proc/{ProcessNumber()}/io")
            .Where(line => line.StartsWith("syscr: ", StringComparison.Ordinal))
            .Select(line => long.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture))
            .Single();

    private int ProcessNumber()
    {
        var record = Directory.EnumerateFiles(State, "mount.json", SearchOption.AllDirectories).Single();
        return global::System
            .Text.Json.JsonDocument.Parse(File.ReadAllText(record))
            .RootElement.GetProperty("process")
            .GetInt32();
    }

    public async ValueTask DisposeAsync()
    {
        await UnmountAsync("--force", "--discard");
        await Server.DisposeAsync();
        folder.Dispose();
    }
}
