using Braid.Gateway.Pachyderm.Tests.Doors;
using static Braid.Gateway.Pachyderm.Tests.Doors.PachydermClient;
using static Braid.Gateway.Pachyderm.Tests.Doors.PipelineWords;

namespace Braid.Gateway.Pachyderm.Tests.Scenarios;

/// <summary>The scenarios of Pachyderm's examples about datums: error commands, joins, groups, unions of empty files.</summary>
public sealed class DatumGoldenTests : DoorTests
{
    [Fact]
    public async Task Error_command_recovers_datums_and_a_failed_job_makes_its_downstream_unrunnable()
    {
        await Server.RunJobsAsync();
        await Client.CreateRepoAsync("files");
        var check = Shell("check", "! grep -q bad /pfs/files/* && cp /pfs/files/* /pfs/out/", Read("files", "/*"));
        check.Transform.ErrCmd.Add("sh");
        check.Transform.ErrStdin.Add("! grep -q worse /pfs/files/*");
        await Client.CreatePipelineAsync(check);
        await Client.CreatePipelineAsync(Copy("after", "check", "/"));

        await Client.PutAsync(Head("files"), ("/file1", "good"));
        var good = await Client.NewestEndedAsync("check");
        await Client.PutAsync(Head("files"), ("/file2", "bad"));
        var recovered = await Client.NewestEndedAsync("check");
        await Client.PutAsync(Head("files"), ("/file3", "bad and worse"));
        var failed = await Client.NewestEndedAsync("check");

        Assert.Equal("check 1 + 0 / 1 success", good.Progress());
        Assert.Equal("check 0 + 1 + 1 / 2 success", recovered.Progress());
        Assert.Equal("check 0 + 1 + 1 / 3 failure", failed.Progress());
        Assert.Matches("^datum [0-9a-f]{64} failed", failed.Reason);
        var downstream = await Client.NewestEndedAsync("after");
        Assert.Equal(
            (Pps.JobState.JobUnrunnable, "unrunnable because the following upstream pipelines failed: check"),
            (downstream.State, downstream.Reason)
        );
        Assert.Equal(
            [Pps.DatumState.Failed, Pps.DatumState.Recovered, Pps.DatumState.Skipped],
            (await Client.DatumsAsync(failed.Job)).Select(datum => datum.State).OrderBy(state => $"{state}")
        );
    }

    [Theory]
    [InlineData(false, 6)]
    [InlineData(true, 7)]
    public async Task Join_pairs_files_and_an_outer_side_is_kept_without_partners(bool outer, int datums)
    {
        await Server.RunJobsAsync();
        await Client.CreateRepoAsync("stores");
        await Client.CreateRepoAsync("purchases");
        await Client.PutAsync(
            Head("stores"),
            [.. Enumerable.Range(1, 3).Select(i => ($"/STOREID{i}.txt", $"zip {i}\n"))]
        );
        await Client.PutAsync(
            Head("purchases"),
            [.. Enumerable.Range(0, 6).Select(i => ($"/ORDER{i}_STOREID{1 + i % 2}.txt", $"order {i}\n"))]
        );
        var stores = Read("stores", "/STOREID(*).txt");
        (stores.Pfs.JoinOn, stores.Pfs.OuterJoin) = ("$1", outer);
        var purchases = Read("purchases", "/*_STOREID(*).txt");
        purchases.Pfs.JoinOn = "$1";

        await Client.CreatePipelineAsync(
            Shell(
                "join",
                "d=/pfs/out/$PACH_DATUM_stores_JOIN_ON; mkdir $d; cat $purchases $stores > $d/$(basename ${purchases:-none})",
                new() { Join = { stores, purchases } }
            )
        );
        var job = await Client.NewestEndedAsync("join");

        Assert.Equal($"join {datums} + 0 / {datums} success", job.Progress());
        var files = await Client.FilesAsync("join");
        Assert.Equal(datums, files.Count);
        Assert.Contains("/2/ORDER1_STOREID2.txt order 1\nzip 2", files);
        Assert.Equal(outer, files.Contains("/3/none zip 3"));
    }

    [Fact]
    public async Task Group_makes_one_datum_per_value_and_tells_it()
    {
        await Server.RunJobsAsync();
        await Client.CreateRepoAsync("labresults");
        await Client.PutAsync(Head("labresults"), ("/T1-CLIA1", "a"), ("/T2-CLIA2", "b"), ("/T3-CLIA1", "c"));
        var input = Read("labresults", "/*-CLIA(*)");
        input.Pfs.GroupBy = "$1";

        await Client.CreatePipelineAsync(
            Shell(
                "group",
                "cat /pfs/labresults/* > /pfs/out/$PACH_DATUM_labresults_GROUP_BY",
                new() { Group = { input } }
            )
        );
        var job = await Client.NewestEndedAsync("group");

        Assert.Equal("group 2 + 0 / 2 success", job.Progress());
        Assert.Equal(["/1 ac", "/2 b"], await Client.FilesAsync("group"));
    }

    [Fact]
    public async Task Union_of_empty_files_shuffles_files_by_links_without_moving_a_byte()
    {
        await Server.RunJobsAsync();
        foreach (
            var (repo, one, other) in ((string, string, string)[])
                [("fruits", "apple", "lime"), ("colours", "red", "green")]
        )
        {
            await Client.CreateRepoAsync(repo);
            await Client.PutAsync(Head(repo), ($"/{one}", one), ($"/{other}", other));
        }

        var (fruits, colours) = (Read("fruits", "/*"), Read("colours", "/*"));
        fruits.Pfs.EmptyFiles = colours.Pfs.EmptyFiles = true;
        fruits.Pfs.Name = colours.Pfs.Name = "files";
        await Client.CreatePipelineAsync(
            Shell(
                "shuffle",
                "mkdir /pfs/out/moved; ln -s /pfs/files/* /pfs/out/moved/",
                new() { Union = { fruits, colours } }
            )
        );
        var job = await Client.NewestEndedAsync("shuffle");

        Assert.Equal("shuffle 4 + 0 / 4 success", job.Progress());
        Assert.Equal((0, 0), (job.Stats.DownloadBytes, job.Stats.UploadBytes));
        Assert.Equal(
            ["/moved/apple apple", "/moved/green green", "/moved/lime lime", "/moved/red red"],
            await Client.FilesAsync("shuffle")
        );
    }

    [Fact]
    public async Task Output_of_a_datum_is_read_where_its_state_points()
    {
        await Server.RunJobsAsync();
        await Client.CreateRepoAsync("images");
        await Client.PutAsync(Head("images"), ("/a", "one"), ("/b", "two"));
        await Client.CreatePipelineAsync(Copy("edges", "images", "/*"));
        var job = await Client.NewestEndedAsync("edges");

        foreach (var datum in await Client.DatumsAsync(job.Job))
        {
            var read = Assert.Single(datum.Data).File.Path;
            var output = await Client.TextAsync(datum.PfsState.Commit, datum.PfsState.Path + read);

            Assert.Equal(await Client.TextAsync(Head("images"), read), output);
        }
    }
}
