using System.Formats.Tar;
using Braid.Compute.Containers.Engine;

namespace Braid.Compute.Tests.Conformance;

/// <summary>The container engines that tests may use: those whose sockets the environment names.</summary>
internal static class TestEngine
{
    /// <summary>An image without programs: tests mount this machine's <c>/usr</c> into it.</summary>
    public const string Image = "localhost/braid-test-hostfs:latest";

    private static readonly Dictionary<ExecutorKind, string> variables = new()
    {
        [ExecutorKind.Docker] = "BRAID_TEST_DOCKER",
        [ExecutorKind.Podman] = "BRAID_TEST_PODMAN",
    };

    private static readonly Dictionary<ExecutorKind, Lazy<Task>> images = variables.Keys.ToDictionary(
        kind => kind,
        kind => new Lazy<Task>(() => ImportAsync(SocketOf(kind)))
    );

    /// <summary>Null when there is an engine of the kind.</summary>
    public static string? WhyNot(ExecutorKind kind) =>
        File.Exists(SocketOf(kind)) ? null : $"no engine: {variables[kind]} names no socket";

    public static string SocketOf(ExecutorKind kind) => Environment.GetEnvironmentVariable(variables[kind]) ?? "";

    /// <summary>Sees to it that the engine has the image.</summary>
    public static Task PrepareAsync(ExecutorKind kind) => images[kind].Value;

    private static async Task ImportAsync(string socket)
    {
        using var engine = new EngineClient(socket);
        var found = await engine.GetAsync(
            $"/images/{Image}/json",
            EngineJson.Default.ImageDetails,
            CancellationToken.None
        );
        if (found.IsOk)
        {
            return;
        }

        var content = new ByteArrayContent(await RootAsync());
        content.Headers.ContentType = new("application/x-tar");
        // Podman knows no tag here.
        var answer = await engine.OpenAsync(
            HttpMethod.Post,
            $"/images/create?fromSrc=-&repo={Image.Split(':')[0]}",
            content,
            null,
            CancellationToken.None
        );
        using var response = answer.Value;
        await response.Content.ReadAsStringAsync();
    }

    private static async Task<byte[]> RootAsync()
    {
        using var bytes = new MemoryStream();
        await using (var tar = new TarWriter(bytes, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (var folder in (string[])["dev", "etc", "pfs", "proc", "sbin", "sys", "tmp", "usr"])
            {
                var mode = (UnixFileMode)(folder == "tmp" ? 0x3FF : 0x1ED); // 1777 and 755, octal
                await tar.WriteEntryAsync(new UstarTarEntry(TarEntryType.Directory, folder) { Mode = mode });
            }

            foreach (var link in (string[])["bin", "lib", "lib64"])
            {
                await tar.WriteEntryAsync(
                    new UstarTarEntry(TarEntryType.SymbolicLink, link) { LinkName = "usr/" + link }
                );
            }

            await WriteAsync(tar, "etc/nsswitch.conf", "hosts: files dns\n");
            await WriteAsync(tar, "etc/passwd", "root:x:0:0:root:/:/bin/sh\n");
        }

        return bytes.ToArray();
    }

    private static async Task WriteAsync(TarWriter tar, string path, string text)
    {
        using var content = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));
        await tar.WriteEntryAsync(
            new UstarTarEntry(TarEntryType.RegularFile, path) { DataStream = content, Mode = (UnixFileMode)0x1A4 }
        );
    }
}
