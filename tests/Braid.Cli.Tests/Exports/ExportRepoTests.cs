using System.Diagnostics;
using System.Text;
using Braid.Cli.Archives;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Tests.Verbs;
using Braid.Cli.Transfers;
using Braid.Protos.Pfs;
using Braid.Testing;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using File = System.IO.File;
using FileInfo = Braid.Protos.Pfs.FileInfo;

namespace Braid.Cli.Tests.Exports;

public sealed class ExportRepoTests : IAsyncLifetime
{
    private static readonly string deep = string.Join('/', Enumerable.Repeat("deep", 40));

    private PachdFake pachd = null!; // set before each test
    private readonly TempFolder folder = new();

    public async Task InitializeAsync()
    {
        pachd = await PachdFake.StartAsync();
        pachd.Answers(PfsMethods.InspectCommit, Samples.Finished);
    }

    public async Task DisposeAsync()
    {
        await pachd.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_folder_holds_the_files_and_a_manifest_that_sha256sum_checks()
    {
        Holds(("/a", "one"), ("/back\\slash", "two"), ($"/{deep}/ünï code", "three"), ("/SHA256SUMS", "mine"));
        Assert.Equal(0, await ExportAsync("out"));
        Assert.Equal("three", await File.ReadAllTextAsync(folder.File($"out/{deep}/ünï code")));
        Assert.Equal("mine", await File.ReadAllTextAsync(folder.File("out/SHA256SUMS")));
        Assert.Equal((0, 4), Check("out", "SHA256SUMS.braid"));
        await File.WriteAllTextAsync(folder.File("out/a"), "eno");
        Assert.Equal(1, Check("out", "SHA256SUMS.braid").Code);
    }

    [Theory]
    [InlineData("out.tar")]
    [InlineData("out.tar.gz")]
    public async Task An_archive_unpacks_to_the_same(string name)
    {
        Holds(("/a", "one"), ("/back\\slash", "two"), ($"/{deep}/ünï code", "three"));
        Assert.Equal(0, await ExportAsync(name));
        Directory.CreateDirectory(folder.File("out"));
        Assert.Equal(0, Run("tar", "xf", folder.File(name), "-C", folder.File("out")).Code);
        Assert.Equal("three", await File.ReadAllTextAsync(folder.File($"out/{deep}/ünï code")));
        Assert.Equal((0, 3), Check("out", "SHA256SUMS"));
    }

    [Fact]
    public async Task Names_that_the_folder_cannot_hold_are_listed_before_anything_is_written()
    {
        var name = $"/{new string('ü', 128)}";
        Holds(("/a", "one"), (name, "two"));
        var cli = pachd.Cli;
        Assert.Equal(1, await cli.RunAsync("export", "repo", "images", folder.File("out")));
        Assert.Contains($"cannot hold 1 of the names", cli.Error);
        Assert.Contains($"{name}: a name has more than 255 bytes", cli.Error);
        Assert.False(File.Exists(folder.File("out/a")));
    }

    [Fact]
    public async Task A_folder_with_other_things_in_it_is_left_alone()
    {
        Directory.CreateDirectory(folder.File("out"));
        await File.WriteAllTextAsync(folder.File("out/mine"), "x");
        var cli = pachd.Cli;
        Assert.Equal(1, await cli.RunAsync("export", "repo", "images", folder.File("out")));
        Assert.Equal($"{folder.File("out")} is not empty: export to a new folder\n", cli.Error);
    }

    private Task<int> ExportAsync(string target) =>
        pachd.Cli.RunAsync("export", "repo", "images@master", folder.File(target));

    private void Holds(params (string Path, string Content)[] files)
    {
        var archive = new MemoryStream();
        foreach (var (path, content) in files)
        {
            archive.Write(TarFrame.Header(path, Encoding.UTF8.GetByteCount(content), 0));
            archive.Write(Encoding.UTF8.GetBytes(content));
            archive.Write(TarFrame.Padding(content.Length).Span);
        }

        archive.Write(TarFrame.End.Span);
        pachd
            .Answers(PfsMethods.WalkFile, [.. files.Select(file => Info(file.Path, file.Content))])
            .Answers(PfsMethods.GetFileTAR, new BytesValue { Value = ByteString.CopyFrom(archive.ToArray()) });
    }

    private (int Code, int Files) Check(string where, string manifest)
    {
        var (code, output) = Run("sh", "-c", $"cd '{folder.File(where)}' && sha256sum --strict -c {manifest} 2>&1");
        return (code, output.Split('\n').Count(line => line.EndsWith(": OK", StringComparison.Ordinal)));
    }

    private static (int Code, string Output) Run(string program, params string[] words)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, words) { RedirectStandardOutput = true, UseShellExecute = false }
        )!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    private static FileInfo Info(string path, string content)
    {
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(content));
        return new()
        {
            File = new() { Commit = Samples.Commit(), Path = path },
            FileType = FileType.File,
            SizeBytes = bytes.Length,
            Hash = ByteString.CopyFrom(ContentHash.Of(bytes)),
        };
    }
}
