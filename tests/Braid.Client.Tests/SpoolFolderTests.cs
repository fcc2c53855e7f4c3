using Braid.Client.Backends;
using Braid.Client.Records;
using Braid.Client.Spooling;
using Braid.Testing;

namespace Braid.Client.Tests;

/// <summary>Which folders a spool is kept in and read from: some are in places that all users share.</summary>
public sealed class SpoolFolderTests : IDisposable
{
    private const uint me = 1000;
    private const uint somebody = 1001;
    private const uint superuser = 0;

    private const UnixFileMode shared =
        UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private readonly Runs runs = new();
    private readonly TempFolder folder = new();

    public void Dispose()
    {
        runs.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData(me, UnixFileMode.UserWrite, true)]
    [InlineData(me, UnixFileMode.UserWrite | UnixFileMode.GroupWrite, true)]
    [InlineData(somebody, UnixFileMode.UserWrite, false)]
    [InlineData(somebody, shared, false)]
    [InlineData(somebody, shared | UnixFileMode.StickyBit, false)]
    [InlineData(superuser, UnixFileMode.UserWrite, true)]
    [InlineData(superuser, shared, false)]
    [InlineData(superuser, shared | UnixFileMode.StickyBit, true)]
    public void A_folder_of_somebody_else_or_that_others_may_change_holds_no_spool(
        uint owner,
        UnixFileMode mode,
        bool holds
    ) => Assert.Equal(holds, new FolderAccess(owner, mode).MayHoldSpoolsOf(me));

    [Fact]
    public void What_somebody_else_left_in_a_spool_folder_is_not_read()
    {
        SpoolFolders.Create([runs.Spool], Content("run"), _ => { })!.Dispose();
        Assert.Single(Held(FolderAccess.Me));
        Assert.Empty(Held(FolderAccess.Me + 1));
    }

    [Fact]
    public async Task A_spool_that_somebody_else_laid_into_the_users_folder_is_not_sent()
    {
        if (FolderAccess.Me != superuser)
        {
            return; // only the superuser can give a folder away
        }

        using (var planted = SpoolFolders.Create([runs.Spool], Content("planted"), _ => { })!)
        {
            await ProgramRun.OutputAsync(
                "chown",
                ["1001", planted.Path],
                folder.Path,
                new Dictionary<string, string>()
            );
        }

        var backend = new FakeBackend();
        Assert.Equal(new ResumeReport(0, 0), await Experiment.ResumeAsync(runs.To(backend)));
        Assert.Null(backend.Start);
    }

    [Fact]
    public async Task A_spool_folder_of_somebody_else_is_told_and_the_next_one_is_used()
    {
        if (FolderAccess.Me != superuser)
        {
            return; // only the superuser can give a folder away
        }

        Directory.CreateDirectory(folder.File("theirs"));
        await ProgramRun.OutputAsync(
            "chown",
            ["1001", folder.File("theirs")],
            folder.Path,
            new Dictionary<string, string>()
        );
        await LogWithRootsAsync([folder.File("theirs"), runs.Spool]);
        Assert.Empty(Directory.GetFileSystemEntries(folder.File("theirs")));
        Assert.Contains(runs.Problems, problem => problem.Contains("belongs to another user"));
    }

    [Fact]
    public async Task A_link_that_somebody_else_made_is_no_spool_folder()
    {
        if (FolderAccess.Me != superuser)
        {
            return; // only the superuser can give a link away
        }

        Directory.CreateDirectory(folder.File("own"));
        File.CreateSymbolicLink(folder.File("link"), folder.File("own"));
        await ProgramRun.OutputAsync(
            "chown",
            ["-h", "1001", folder.File("link")],
            folder.Path,
            new Dictionary<string, string>()
        );
        await LogWithRootsAsync([folder.File("link"), runs.Spool]);
        Assert.Empty(Directory.GetFileSystemEntries(folder.File("own")));
    }

    [Fact]
    public void Only_the_user_may_look_into_a_spool_folder()
    {
        using var held = SpoolFolders.Create([folder.File("new")], Content("run"), _ => { })!;
        var own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Assert.Equal(own, File.GetUnixFileMode(held.Root));
        Assert.Equal(own, File.GetUnixFileMode(held.Path));
    }

    [Fact]
    public async Task A_first_folder_that_cannot_be_written_to_is_told_and_stops_no_rank()
    {
        File.WriteAllText(folder.File("file"), "");
        string[] roots = [folder.File("file/below"), runs.Spool];
        var (first, second) = (new FakeBackend(), new FakeBackend());
        await LogWithRootsAsync(roots, first, rank: 0);
        await LogWithRootsAsync(roots, second, rank: 1);

        Assert.Single(first.Of(RecordKind.Metric));
        Assert.Equal(first.RunId, second.Start?.RunId);
        Assert.Contains(runs.Problems, problem => problem.Contains("file/below"));
    }

    private static SpoolContent Content(string name) => new(new() { Name = name }, "", [new("fake", "memory")]);

    private List<string> Held(uint user)
    {
        var paths = new List<string>();
        foreach (var held in SpoolFolders.Left(runs.Spool, user))
        {
            paths.Add(held.Path);
            held.Dispose();
        }

        return paths;
    }

    private Task LogWithRootsAsync(string[] roots) => LogWithRootsAsync(roots, new FakeBackend(), rank: 0);

    private async Task LogWithRootsAsync(string[] roots, IBackend backend, int rank)
    {
        var options = runs.To(backend) with
        {
            SpoolRoots = roots,
            Ranks = new()
            {
                Rank = rank,
                WorldSize = 2,
                Launch = "this one",
            },
        };
        await using var experiment = Experiment.StartLogging("run", "project", options);
        experiment.LogMetric("loss", 1, 0);
    }
}
