using System.Text;
using Braid.Access.Callers;
using Braid.Data.Content;
using Braid.Data.History;
using Braid.Data.Naming;
using Braid.Gateway.ClearML.Tests.Hosting;
using Braid.Primitives;
using Braid.Storage.Trees;
using Braid.Testing;

namespace Braid.Gateway.ClearML.Tests.Datasets;

public sealed class DatasetCommitTests
{
    private static readonly Caller someone = new Caller.Administrator("someone");
    private static readonly RepoName repo = new("Group-A", "faces");

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_version_that_is_completed_becomes_a_commit_of_its_files(string store)
    {
        await using var host = await ClearMLHost.StartAsync(store: store);
        var id = await FirstAsync(host);
        var changed = (await host.Api.TaskAsync(id))["last_update"]!.GetValue<string>();

        Assert.True(await host.Datasets.StepAsync(default));

        Assert.Equal(changed, (await host.Api.TaskAsync(id))["last_update"]!.GetValue<string>());
        var commit = await CommitAsync(host, repo, "v1-0-0");
        Assert.Equal($"ClearML dataset {id}", commit.Description);
        Assert.Equal("/a (1).txt=alpha /sub/b.txt=beta /sub/empty=", await ReadAsync(host, commit));
        Assert.Equal(commit.Name, (await CommitAsync(host, repo, "master")).Name);
        Assert.Equal($"{commit.Name}", await NoteAsync(host, id, "braid_commit"));
        Assert.Equal("1", await NoteAsync(host, id, "braid_links"));
        Assert.False(await host.Datasets.StepAsync(default));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_child_takes_its_parents_files_from_the_parents_commit(string store)
    {
        await using var host = await ClearMLHost.StartAsync(store: store);
        var client = new DatasetClient(host);
        var parent = await FirstAsync(host);
        await host.Datasets.StepAsync(default);
        using var gone = await host.Files.DeleteAsync($"/p/ds.{parent}/artifacts/data/data");
        var child = await client.CreateNextAsync(parent, "faces", "1.0.1");
        await client.AddArchiveAsync(child, "data", ("c.txt", "gamma"));
        await client.AddArchiveAsync(child, "data_001", ("sub/b.txt", "other"));
        await client.AddStateAsync(
            child,
            [parent],
            false,
            ("a (1).txt", parent, "data"),
            ("c.txt", child, "data"),
            ("sub/b.txt", child, "data_001")
        );
        await client.CompleteAsync(child);

        await host.Datasets.StepAsync(default);

        var commit = await CommitAsync(host, repo, "master");
        Assert.Equal("/a (1).txt=alpha /c.txt=gamma /sub/b.txt=other", await ReadAsync(host, commit));
        Assert.Equal((await CommitAsync(host, repo, "v1-0-0")).Name, commit.Parent);
        var input = Assert.Single(
            (
                await new Tracking.Inputs.Inputs(host.Database, IdSource.System).OfRunAsync(
                    someone,
                    RunId.Parse(child),
                    default
                )
            ).Value
        );
        Assert.Equal(($"{repo}", $"{commit.Parent!.Value.Id}"), (input.Repo, input.Commit));
    }

    [Theory]
    [InlineData("sqlite", "UPDATE dataset_version SET state = 'waiting', branch = '', commit_id = ''")]
    [InlineData("postgres", "UPDATE dataset_version SET state = 'waiting', branch = '', commit_id = ''")]
    [InlineData("sqlite", "UPDATE dataset_version SET state = 'failed'")]
    [InlineData("postgres", "UPDATE dataset_version SET state = 'failed'")]
    public async Task A_version_becomes_one_commit_however_often_the_server_comes_back_to_it(string store, string crash)
    {
        await using var host = await ClearMLHost.StartAsync(store: store);
        var id = await FirstAsync(host);
        await host.Datasets.StepAsync(default);
        var commit = await CommitAsync(host, repo, "master");
        await host.Database.WriteAsync(db => db.ExecuteAsync(crash), default);
        await host.Api.DataAsync("tasks.publish", $$"""{"task":"{{id}}"}""");

        Assert.True(await host.Datasets.StepAsync(default));

        Assert.Equal(commit.Name, (await CommitAsync(host, repo, "master")).Name);
        Assert.Equal($"{commit.Name.Id}", (await host.Versions.FindAsync(RunId.Parse(id), default))!.Commit);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_commit_that_was_open_when_the_server_died_is_gone_on_with(string store)
    {
        await using var host = await ClearMLHost.StartAsync(store: store);
        var id = await FirstAsync(host);
        await host.Data.EnsureDefaultProjectAsync(default);
        await host.Data.Projects.CreateAsync(someone, repo.Project, "", false, default);
        await host.Data.Repos.CreateAsync(someone, repo, "", false, default);
        await host.Versions.ChooseRepoAsync(RunId.Parse(id), $"{repo}", default);
        var branch = new BranchName(repo, "v1-0-0");
        var open = await host.Data.Commits.StartAsync(someone, branch, null, $"ClearML dataset {id}", default);
        var half = (await host.Data.Files.EditAsync(someone, repo, CommitSpec.OfId(open.Value.Name.Id), default)).Value;
        await half.AppendAsync("half.txt", "half"u8.ToArray(), default);
        await half.ApplyAsync(default);
        half.Dispose();

        await host.Datasets.StepAsync(default);

        var commit = await CommitAsync(host, repo, "master");
        Assert.Equal(open.Value.Name, commit.Name);
        Assert.Equal("/a (1).txt=alpha /sub/b.txt=beta /sub/empty=", await ReadAsync(host, commit));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task What_is_wrong_is_said_on_the_task_and_mended_by_publishing_it_again(string store)
    {
        await using var host = await ClearMLHost.StartAsync(store: store);
        var client = new DatasetClient(host);
        var id = await FirstAsync(host);
        var archive = DatasetClient.Zip(("a (1).txt", new string('a', 500)), ("sub/b.txt", "beta"));
        archive[60] ^= 0xff;
        await client.AddArtifactAsync(id, "data", archive);

        await host.Datasets.StepAsync(default);

        Assert.NotEmpty(await NoteAsync(host, id, "braid_problem"));
        Assert.True((await CommitAsync(host, repo, "v1-0-0")).HasFailed);
        Assert.False((await HeadAsync(host, repo, "master")).IsOk);

        await client.AddArchiveAsync(id, "data", ("a (1).txt", "alpha"), ("sub/b.txt", "beta"), ("sub/empty", ""));
        await host.Api.DataAsync("tasks.publish", $$"""{"task":"{{id}}"}""");
        await host.Datasets.StepAsync(default);

        var commit = await CommitAsync(host, repo, "master");
        Assert.Equal("/a (1).txt=alpha /sub/b.txt=beta /sub/empty=", await ReadAsync(host, commit));
        Assert.Equal("", await NoteAsync(host, id, "braid_problem"));
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("a/../../b")]
    [InlineData("a\u0001b")]
    [InlineData("none.txt")]
    public async Task A_file_that_cannot_be_written_or_found_makes_no_commit(string path)
    {
        await using var host = await ClearMLHost.StartAsync();
        var client = new DatasetClient(host);
        var id = await client.CreateAsync("Group A", "faces", "1.0.0");
        await client.AddArchiveAsync(id, "data", ("../../etc/passwd", "x"), ("a/../../b", "x"), ("a\u0001b", "x"));
        await client.AddStateAsync(id, [], false, (path, id, "data"));
        await client.CompleteAsync(id);

        Assert.True(await host.Datasets.StepAsync(default));

        Assert.NotEmpty(await NoteAsync(host, id, "braid_problem"));
        Assert.Equal(0, (await CommitAsync(host, repo, "v1-0-0")).Files);
        Assert.False((await HeadAsync(host, repo, "master")).IsOk);
        Assert.False(await host.Datasets.StepAsync(default));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task What_was_not_uploaded_to_its_end_and_what_is_no_state_is_refused(string store)
    {
        await using var host = await ClearMLHost.StartAsync(store: store);
        var client = new DatasetClient(host);
        foreach (var (name, isDirty) in new[] { ("dirty", true), ("broken", false) })
        {
            var id = await client.CreateAsync("Group A", name, "1.0.0");
            await client.AddStateAsync(id, [], isDirty, ("a", id, "data"));
            if (!isDirty)
            {
                await client.AddArtifactAsync(id, "state", "{no"u8.ToArray());
            }

            await client.CompleteAsync(id);
            await host.Datasets.StepAsync(default);
            Assert.NotEmpty(await NoteAsync(host, id, "braid_problem"));
        }
    }

    [Theory]
    [InlineData("{}", "")]
    [InlineData("""{"dataset_file_entries":null,"dataset_link_entries":null,"dependency_graph":null}""", "")]
    [InlineData("""{"dependency_graph":{"ID":null}}""", "")]
    [InlineData("""{"dependency_graph":{"ID":[null,"nobody"]}}""", "")]
    [InlineData("null", "null")]
    [InlineData("""{"dirty":null}""", "could not be converted")]
    [InlineData("""{"dataset_file_entries":[null]}""", "null")]
    [InlineData("""{"dataset_file_entries":[{}]}""", "'' is not in artifact")]
    [InlineData(
        """{"dataset_file_entries":[{"relative_path":null,"parent_dataset_id":null}]}""",
        "'' is not in artifact"
    )]
    public async Task A_state_that_says_too_little_stops_nobody(string state, string problem)
    {
        await using var host = await ClearMLHost.StartAsync();
        var client = new DatasetClient(host);
        var id = await client.CreateAsync("Group A", "faces", "1.0.0");
        var bytes = Encoding.UTF8.GetBytes(state.Replace("ID", id, StringComparison.Ordinal));
        await client.AddArtifactAsync(id, "state", bytes);
        await client.CompleteAsync(id);

        Assert.True(await host.Datasets.StepAsync(default));

        Assert.Contains(problem, await NoteAsync(host, id, "braid_problem"), StringComparison.Ordinal);
        Assert.Equal(problem.Length == 0, (await HeadAsync(host, repo, "master")).IsOk);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Other_tasks_become_no_commit(string store)
    {
        await using var host = await ClearMLHost.StartAsync(store: store);
        var id = await host.Api.CreateTaskAsync("train", ""","system_tags":["dataset"]""");
        await host.Api.DataAsync("tasks.completed", $$"""{"task":"{{id}}","force":true,"publish":true}""");

        Assert.False(await host.Datasets.StepAsync(default));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_repo_that_is_somebody_elses_stays_as_it_is(string store)
    {
        await using var host = await ClearMLHost.StartAsync(store: store);
        await host.Data.Projects.CreateAsync(someone, repo.Project, "", false, default);
        await host.Data.Repos.CreateAsync(someone, repo, "mine", false, default);
        var id = await FirstAsync(host);

        await host.Datasets.StepAsync(default);

        Assert.False((await HeadAsync(host, repo, "master")).IsOk);
        var made = (await host.Versions.FindAsync(RunId.Parse(id), default))!.Repo;
        Assert.StartsWith("Group-A/faces-", made, StringComparison.Ordinal);
        Assert.Equal(3, (await CommitAsync(host, RepoName.Parse(made).Value, "master")).Files);
    }

    /// <summary>Version 1.0.0 of <c>Group A/faces</c>, completed.</summary>
    private static async Task<string> FirstAsync(ClearMLHost host)
    {
        var client = new DatasetClient(host);
        var id = await client.CreateAsync("Group A", "faces", "1.0.0");
        await client.AddArchiveAsync(id, "data", ("a (1).txt", "alpha"), ("sub/b.txt", "beta"), ("sub/empty", ""));
        await client.AddStateAsync(
            id,
            [],
            false,
            ("a (1).txt", id, "data"),
            ("sub/b.txt", id, "data"),
            ("sub/empty", id, "data")
        );
        await client.CompleteAsync(id);
        return id;
    }

    private static Task<Result<Commit>> HeadAsync(ClearMLHost host, RepoName repo, string branch) =>
        host.Data.Commits.InspectAsync(someone, repo, CommitSpec.OfBranch(branch), CommitState.Started, default);

    private static async Task<Commit> CommitAsync(ClearMLHost host, RepoName repo, string branch)
    {
        var commit = (await HeadAsync(host, repo, branch)).Value;
        Assert.True(commit.IsFinished);
        return commit;
    }

    /// <summary>Every file with its text, names as the data set has them.</summary>
    private static async Task<string> ReadAsync(ClearMLHost host, Commit commit)
    {
        var at = new FileAt(commit.Name.Repo, CommitSpec.OfId(commit.Name.Id), "/");
        var listing = (await host.Data.Files.WalkAsync(someone, at, null, default)).Value;
        var files = new List<string>();
        await foreach (var entry in listing.Entries)
        {
            if (entry.Kind == EntryKind.File)
            {
                var opened = host.Data.Files.Open(someone, new(commit, entry)).Value;
                using var reader = new StreamReader(opened.OpenRead());
                files.Add($"{Uri.UnescapeDataString(entry.Path)}={await reader.ReadToEndAsync()}");
            }
        }

        return string.Join(' ', files);
    }

    private static async Task<string> NoteAsync(ClearMLHost host, string task, string name) =>
        (await host.Api.TaskAsync(task))["hyperparams"]?["properties"]?[name]?["value"]?.GetValue<string>() ?? "";
}
