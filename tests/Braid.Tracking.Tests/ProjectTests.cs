using Braid.Access.Callers;
using Braid.Primitives;
using Braid.Testing;
using Braid.Tracking.Filters;
using Braid.Tracking.Inputs;
using Braid.Tracking.Projects;
using Braid.Tracking.Runs;

namespace Braid.Tracking.Tests;

public sealed class ProjectTests
{
    private static readonly Caller someone = TrackingFixture.Someone;

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Default_is_there_from_the_start_with_number_zero(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var project = (await tracking.Projects.GetAsync(someone, 0L, default)).Value;
        Assert.Equal((Tracking.Projects.Projects.Default, "Default"), (project.Id, project.Name));
        Assert.True(project.Created > DateTimeOffset.UnixEpoch.AddYears(40));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Missing_ancestors_are_made_with_the_project(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var made = (
            await tracking.Projects.CreateAsync(someone, new("a//b/c/") { Tags = [new("k", "v")] }, default)
        ).Value;
        Assert.Equal(("a/b/c", "c"), (made.Name, made.BaseName));
        Assert.Equal([new("k", "v")], made.Tags);
        var parent = (await tracking.Projects.GetAsync(someone, "a/b", default)).Value;
        Assert.Equal(parent.Id, made.ParentId);
        Assert.Equal(
            made,
            (await tracking.Projects.GetAsync(someone, made.Number, default)).Value with
            {
                Tags = made.Tags,
                Labels = made.Labels,
                SystemLabels = made.SystemLabels,
            }
        );
        var again = await tracking.Projects.CreateAsync(someone, new("a/b"), default);
        Assert.Equal("tracking.project-exists", again.Error?.Code);
        Assert.Equal(parent.Id, (await tracking.Projects.EnsureAsync(someone, "a/b", default)).Value.Id);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Runs_and_models_are_counted_and_the_newest_runs_found_by_project(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var outer = (await tracking.Projects.CreateAsync(someone, new("outer"), default)).Value.Id;
        var inner = (await tracking.Projects.CreateAsync(someone, new("outer/inner"), default)).Value.Id;
        foreach (var (name, project) in new[] { ("a", outer), ("b", inner), ("c", inner), ("other", inner) })
        {
            await tracking.RunAsync(name, project);
            tracking.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        await tracking.Models.CreateAsync(someone, new() { Name = "net", Project = inner }, default);
        var ofLetters = new RunQuery
        {
            Projects = [outer, inner],
            Where = new Filter.Matches(RunFields.Name, "^.$"),
            Parts = RunParts.None,
        };

        var runs = (await tracking.Runs.CountByProjectAsync(someone, ofLetters, default)).Value;
        var newest = (await tracking.Runs.NewestByProjectAsync(someone, ofLetters, default)).Value;
        var models = (
            await tracking.Models.CountByProjectAsync(
                someone,
                new() { Projects = [outer], IncludeSubprojects = true },
                default
            )
        ).Value;

        Assert.Equal((1L, 2L), (runs[outer], runs[inner]));
        Assert.Equal(["a", "c"], newest.Select(run => run.Name).Order());
        Assert.Equal((inner, 1L), (models.Single().Key, models.Single().Value));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_renamed_project_takes_what_is_below_along(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        await tracking.Projects.CreateAsync(someone, new("a/b/c"), default);
        await tracking.Projects.CreateAsync(someone, new("ab"), default);
        var a = (await tracking.Projects.GetAsync(someone, "a", default)).Value;
        Assert.True((await tracking.Projects.UpdateAsync(someone, a.Id, new() { Name = "z" }, default)).IsOk);
        var names = (
            await tracking.Projects.ListAsync(someone, new() { OrderBy = [new(ProjectFields.Name)] }, default)
        ).Value;
        Assert.Equal(["Default", "ab", "z", "z/b", "z/b/c"], names.Items.Select(one => one.Name));
        var bad = await tracking.Projects.UpdateAsync(someone, a.Id, new() { Name = "no/where" }, default);
        Assert.Equal("tracking.no-such-project", bad.Error?.Code);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_trashed_project_takes_its_living_runs_along_and_brings_those_back(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var project = (await tracking.Projects.EnsureAsync(someone, "p", default)).Value.Id;
        var alive = await tracking.RunAsync("alive", project);
        var dead = await tracking.RunAsync("dead", project);
        await tracking.Runs.TrashAsync(someone, dead.Id, default);
        await tracking.Projects.TrashAsync(someone, project, default);
        Assert.Empty(await NamesAsync(tracking, Lifecycle.Active));
        await tracking.Projects.RestoreAsync(someone, project, default);
        Assert.Equal(["alive"], await NamesAsync(tracking, Lifecycle.Active));
        Assert.Equal(["dead"], await NamesAsync(tracking, Lifecycle.Trashed));
        Assert.Equal(
            "tracking.project-in-use",
            (await tracking.Projects.DeleteAsync(someone, project, default)).Error?.Code
        );
        Assert.NotEqual(alive.Id, dead.Id);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_job_sees_its_own_project_only_and_makes_no_other(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var (_, job) = await tracking.JobAsync();
        var other = (await tracking.Projects.EnsureAsync(someone, "other", default)).Value;
        Assert.Equal(job.Project, (await tracking.Projects.CreateAsync(job, new("mine"), default)).Value.Id);
        Assert.Equal(job.Project, (await tracking.Projects.EnsureAsync(job, "mine", default)).Value.Id);
        Assert.Equal(
            [job.Project],
            (await tracking.Projects.ListAsync(job, new(), default)).Value.Items.Select(one => one.Id)
        );
        var refused = await tracking.Projects.GetAsync(job, other.Id, default);
        Assert.Equal(ErrorKind.PermissionDenied, refused.Error?.Kind);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Tags_and_labels_are_set_found_and_removed(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var id = (await tracking.Projects.EnsureAsync(someone, "p", default)).Value.Id;
        var change = new ProjectChange { SetTags = [new("a", "1"), new("b", "2")], SystemLabels = ["hidden"] };
        await tracking.Projects.UpdateAsync(someone, id, change, default);
        var removed = await tracking.Projects.UpdateAsync(someone, id, new() { RemoveTags = ["a"] }, default);
        Assert.Equal([new("b", "2")], removed.Value.Tags);
        var missing = await tracking.Projects.UpdateAsync(someone, id, new() { RemoveTags = ["a"] }, default);
        Assert.Equal("tracking.no-such-tag", missing.Error?.Code);
        var hidden = new ProjectQuery { Where = new Filter.HasLabel("hidden", System: true) };
        Assert.Equal(
            [id],
            (await tracking.Projects.ListAsync(someone, hidden, default)).Value.Items.Select(one => one.Id)
        );
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_merged_projects_datasets_become_those_of_the_same_name_or_move(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var from = (await tracking.Projects.EnsureAsync(someone, "from", default)).Value.Id;
        var into = (await tracking.Projects.EnsureAsync(someone, "into", default)).Value.Id;
        var old = await tracking.RunAsync("old", from);
        await ReadAsync(old.Id, "same", "other");
        await ReadAsync((await tracking.RunAsync("new", into)).Id, "same");
        var both = await tracking.RunAsync("both", into);
        await ReadAsync(both.Id, "same");
        await tracking.Runs.UpdateAsync(someone, both.Id, new() { Project = from }, default);
        await ReadAsync(both.Id, "same");

        var merged = await tracking.Projects.MergeAsync(someone, from, into, default);

        Assert.Equal(new MergedProject(2, 0), merged.Value);
        Assert.Equal("both,new,old", await WithAsync("same"));
        Assert.Equal("old", await WithAsync("other"));
        var refused = await tracking.Projects.MergeAsync(someone, Projects.Projects.Default, into, default);
        Assert.Equal("tracking.default-project", refused.Error?.Code);

        async Task ReadAsync(RunId run, params string[] names) =>
            await tracking.Inputs.AddDatasetsAsync(
                someone,
                run,
                [.. names.Select(name => new DatasetInput(new(name, "d", "local", "x"), [new("k", "v")]))],
                default
            );

        async Task<string> WithAsync(string name)
        {
            var query = new RunQuery
            {
                Where = new Filter.Compare(new Field.Dataset(DatasetField.Name), Comparison.Equal, name),
                Projects = [into],
                OrderBy = [new(RunFields.Name)],
            };
            var runs = (await tracking.Runs.QueryAsync(someone, query, default)).Value.Items;
            return string.Join(',', runs.Select(run => run.Name));
        }
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Runs_are_counted_by_project_and_status(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var outer = (await tracking.Projects.EnsureAsync(someone, "a", default)).Value.Id;
        var inner = (await tracking.Projects.EnsureAsync(someone, "a/b", default)).Value.Id;
        await tracking.RunAsync("1", outer, new() { SystemLabels = ["archived"] });
        var done = await tracking.RunAsync("2", inner);
        await tracking.RunAsync("3", inner);
        tracking.Clock.Advance(TimeSpan.FromSeconds(5));
        await tracking.Runs.SetStatusAsync(someone, done.Id, new(RunStatus.Completed), default);
        var query = new RunCountQuery(
            [outer],
            Filter.Everything,
            new Filter.HasLabel("archived", System: true),
            tracking.Clock.GetUtcNow()
        );

        var counts = (await tracking.Projects.CountRunsAsync(someone, query, default)).Value;

        Assert.Equal(3, counts.Count);
        var ended = Assert.Single(counts, count => count.Status == RunStatus.Completed);
        Assert.Equal((inner, "a/b", 1, 1), (ended.Project, ended.Name, ended.Runs, ended.EndedSince));
        Assert.Equal((TimeSpan.FromSeconds(5), done.Started), (ended.Took, ended.LastStarted));
        Assert.True(Assert.Single(counts, count => count.Project == outer).IsApart);
        Assert.Equal(
            0,
            Assert.Single(counts, count => count is { IsApart: false, Status: RunStatus.InProgress }).EndedSince
        );
    }

    private static async Task<IEnumerable<string>> NamesAsync(TrackingFixture tracking, Lifecycle lifecycle) =>
        (await tracking.Runs.QueryAsync(someone, new() { Lifecycle = lifecycle }, default)).Value.Items.Select(run =>
            run.Name
        );
}
