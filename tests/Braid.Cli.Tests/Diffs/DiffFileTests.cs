using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Tests.Verbs;
using Braid.Protos.Pfs;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Braid.Cli.Tests.Diffs;

public sealed class DiffFileTests : IAsyncLifetime
{
    private PachdFake pachd = null!; // set before each test

    public async Task InitializeAsync() => pachd = await PachdFake.StartAsync();

    public async Task DisposeAsync() => await pachd.DisposeAsync();

    [Fact]
    public async Task A_new_file_is_all_additions_and_directories_are_left_out()
    {
        Differ(
            new DiffFileResponse
            {
                NewFile = Samples.File("/d/", FileType.Dir, 4),
                OldFile = Samples.File("/d/", FileType.Dir, 0),
            },
            new DiffFileResponse { NewFile = Samples.File("/d/a", FileType.File, 4) }
        );
        Answer("x\ny\n"u8.ToArray());
        Assert.Equal("--- /dev/null\n+++ b/d/a\n@@ -0,0 +1,2 @@\n+x\n+y\n", await RunAsync("diff file images@master"));
    }

    [Fact]
    public async Task Of_what_is_not_text_it_is_said_that_it_differs()
    {
        Differ(
            new DiffFileResponse
            {
                NewFile = Samples.File("/a.png", FileType.File, 3),
                OldFile = Samples.File("/a.png", FileType.File, 2048),
            }
        );
        Answer([1, 0, 2]);
        Assert.Equal("Binary files a/a.png and b/a.png differ (2KiB, 3B)\n", await RunAsync("diff file images@master"));
    }

    [Fact]
    public async Task Two_files_of_different_names_are_compared_with_each_other()
    {
        var now = Samples.File("/a.png", FileType.File, 3);
        var old = Samples.File("/b.png", FileType.File, 2048);
        old.Hash = ByteString.CopyFromUtf8("other");
        Differ(new DiffFileResponse { NewFile = now }, new DiffFileResponse { OldFile = old });
        Answer([1, 0, 2]);
        Assert.Equal(
            "Binary files a/b.png and b/a.png differ (2KiB, 3B)\n",
            await RunAsync("diff file images@master:/a.png images@master:b.png")
        );
    }

    [Fact]
    public async Task What_is_too_large_is_not_fetched()
    {
        Differ(new DiffFileResponse { NewFile = Samples.File("/a.csv", FileType.File, 1L << 30) });
        Assert.Equal(
            "Files /dev/null and b/a.csv differ (none, 1GiB); too large to compare by line, --diff-command may\n",
            await RunAsync("diff file images@master")
        );
    }

    [Fact]
    public async Task Another_program_may_compare()
    {
        Differ(new DiffFileResponse { NewFile = Samples.File("/a.txt", FileType.File, 2) });
        Answer("x\n"u8.ToArray());
        Assert.Equal("x\n", await RunAsync("diff file images@master --diff-command", "cat"));
        var cli = pachd.Cli;
        Assert.Equal(1, await cli.RunAsync("diff", "file", "images@master", "--diff-command", "grep --no-such-flag"));
        Assert.Equal("grep --no-such-flag failed with exit code 2\n", cli.Error);
    }

    private void Differ(params DiffFileResponse[] differences) => pachd.Answers(PfsMethods.DiffFile, differences);

    private void Answer(byte[] content) =>
        pachd.Answers(PfsMethods.GetFile, new BytesValue { Value = ByteString.CopyFrom(content) });

    private async Task<string> RunAsync(string words, params string[] more)
    {
        var cli = pachd.Cli;
        Assert.Equal(0, await cli.RunAsync([.. words.Split(' '), .. more]));
        return cli.Out;
    }
}
