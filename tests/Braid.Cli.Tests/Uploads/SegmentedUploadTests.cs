using Braid.Cli.CommandLine;
using Braid.Cli.Connection;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Tests.Verbs;
using Braid.Cli.Transfers;
using Braid.Cli.Uploads;
using Braid.Grpc.Statuses;
using Braid.Protos.Pfs;
using Braid.Testing;
using Google.Protobuf.WellKnownTypes;
using File = System.IO.File;

namespace Braid.Cli.Tests.Uploads;

/// <summary>What a large upload has sent is not sent again.</summary>
public sealed class SegmentedUploadTests : IAsyncLifetime
{
    private static readonly string set = new('a', 32);

    private PachdFake pachd = null!; // set before each test
    private readonly TempFolder folder = new();

    public async Task InitializeAsync()
    {
        pachd = await PachdFake.StartAsync();
        pachd
            .Answers(PfsMethods.CreateFileSet, new CreateFileSetResponse { FileSetId = set })
            .Answers(PfsMethods.AddFileSet, new Empty())
            .Answers(PfsMethods.StartCommit, Samples.Commit())
            .Answers(PfsMethods.FinishCommit, new Empty())
            .Answers(PfsMethods.DropCommitSet, new Empty());
        Directory.CreateDirectory(folder.File("in"));
        await File.WriteAllTextAsync(folder.File("in/a"), "one");
        await File.WriteAllTextAsync(folder.File("in/b"), "two");
    }

    public async Task DisposeAsync()
    {
        await pachd.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task It_becomes_file_sets_and_then_one_commit()
    {
        pachd.Answers(PfsMethods.RenewFileSet, new Empty()).Answers(PfsMethods.InspectCommit, Samples.Finished);
        await PutAsync();
        Assert.Equal(set, pachd.Asked<AddFileSetRequest>().FileSetId);
        Assert.Equal(Samples.Commit(), pachd.Asked<AddFileSetRequest>().Commit);
        Assert.IsType<FinishCommitRequest>(pachd.Requests[^1]);
        Assert.Equal(4, pachd.Requests.OfType<ModifyFileRequest>().Count());
    }

    [Fact]
    public async Task What_the_server_still_keeps_is_not_sent_again()
    {
        pachd.Answers(PfsMethods.RenewFileSet, new Empty()).Answers(PfsMethods.InspectCommit, Samples.Finished);
        await PutAsync();
        await PutAsync();
        Assert.Equal(4, pachd.Requests.OfType<ModifyFileRequest>().Count());
        await File.WriteAllTextAsync(folder.File("in/b"), "changed");
        await PutAsync();
        Assert.Equal(8, pachd.Requests.OfType<ModifyFileRequest>().Count());
    }

    [Fact]
    public async Task What_the_server_no_longer_keeps_is_sent_again()
    {
        pachd
            .Refuses(PfsMethods.RenewFileSet, GrpcCode.NotFound, "gone")
            .Answers(PfsMethods.InspectCommit, Samples.Finished);
        await File.WriteAllTextAsync(JournalPath(), $"{Now()} {Key()} {set}\n");
        await PutAsync();
        Assert.Equal(4, pachd.Requests.OfType<ModifyFileRequest>().Count());
    }

    [Fact]
    public async Task A_commit_that_is_open_is_written_to_and_stays_open()
    {
        pachd.Answers(PfsMethods.RenewFileSet, new Empty()).Answers(PfsMethods.InspectCommit, Samples.Open);
        await PutAsync();
        Assert.Equal(Samples.Open.Commit, pachd.Asked<AddFileSetRequest>().Commit);
        Assert.Empty(pachd.Requests.OfType<FinishCommitRequest>());
    }

    [Fact]
    public async Task A_commit_that_an_interrupted_upload_left_open_is_dropped()
    {
        pachd.Answers(PfsMethods.RenewFileSet, new Empty()).Answers(PfsMethods.InspectCommit, Samples.Open);
        await File.WriteAllTextAsync(JournalPath(), $"{Now()} default/images.user@master {Samples.Open.Commit.Id}\n");
        await PutAsync();
        Assert.Equal(Samples.Open.Commit.Id, pachd.Asked<DropCommitSetRequest>().CommitSet.Id);
        Assert.Single(pachd.Requests.OfType<FinishCommitRequest>());
    }

    [Fact]
    public void Segments_find_their_cuts_again_after_a_file_came_first()
    {
        var parts = Enumerable
            .Range(0, 40_000)
            .Select(i => (UploadPart)new FilePart($"/f{i:D6}", $"/f{i}", 0, 10, 1))
            .ToList();
        var keys = Segment.Of(parts).Select(segment => segment.Key(append: false)).ToList();
        var more = Segment
            .Of(parts.Prepend(new FilePart("/a", "/a", 0, 10, 1)))
            .Select(segment => segment.Key(append: false));
        Assert.True(keys.Count >= 3, $"{keys.Count} segments");
        Assert.Equal(keys.Skip(1), more.Skip(1));
    }

    [Fact]
    public void A_large_file_is_cut_into_ranges_that_make_it_up()
    {
        var file = new FilePart("/big", "/big", 0, 3 * Segment.MostBytes + 5, 1);
        var ranges = Segment.Of([file]).SelectMany(segment => segment.Parts).Cast<FilePart>().ToList();
        Assert.Equal(4, ranges.Count);
        Assert.Equal(file.Length, ranges.Sum(range => range.Length));
        Assert.Equal(
            ranges.Select(range => range.Offset + range.Length).Order(),
            ranges.Skip(1).Select(range => range.Offset).Append(file.Length)
        );
    }

    private async Task PutAsync()
    {
        var world = World();
        using var pach = new PachClient(ServerAddress.Find(world));
        var call = new Invocation(PutFile.Command, new ParsedFlags(), world);
        await using var progress = TransferProgress.Of(call, "put");
        var upload = new Upload(pach, () => UploadJournal.Open(world, Server), world.Clock, progress)
        {
            LongestStream = 0,
        };
        await upload.RunAsync(Branch, Parts(), default);
    }

    private static Uri Server => new("http://server:1");

    private static Commit Branch =>
        new()
        {
            Repo = Samples.Repo(),
            Branch = new() { Repo = Samples.Repo(), Name = "master" },
        };

    private IEnumerable<UploadPart> Parts() =>
        new PutPlan
        {
            Target = "/",
            Sources = 1,
            IsRecursive = true,
        }.Of(folder.File("in"));

    private string Key() => Segment.Of(Parts()).Single().Key(append: false)!;

    private static long Now() => new ManualClock().GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Where the journal is, which a first look makes.</summary>
    private string JournalPath()
    {
        UploadJournal.Open(World(), Server).Note("x", "y");
        return Directory.GetFiles(folder.File("state/braid/uploads")).Single();
    }

    private Surroundings World() =>
        new(
            TextWriter.Null,
            TextWriter.Null,
            name =>
                name switch
                {
                    "PACHD_ADDRESS" => pachd.Address,
                    "XDG_STATE_HOME" => folder.File("state"),
                    "HOME" => folder.Path,
                    _ => null,
                },
            new ManualClock()
        );
}
