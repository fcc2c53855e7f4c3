using Braid.Access.Callers;
using Braid.Data.Annotations;
using Braid.Primitives;
using Braid.Testing;
using static Braid.Data.Tests.DataFixture;

namespace Braid.Data.Tests.Annotations;

public sealed class AnnotationTests
{
    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Everything_carries_annotations_of_its_own(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("r");
        Ok(await it.PutAsync("r@master", ("/a", "1")));
        AnnotationTarget[] targets =
        [
            new AnnotationTarget.Cluster(),
            new AnnotationTarget.Project("default"),
            new AnnotationTarget.Repo(Repo("r")),
            new AnnotationTarget.Branch(Branch("r@master")),
            new AnnotationTarget.Commit(Repo("r"), Spec("master")),
        ];
        Ok(
            await EditAsync(it, [.. targets.Select((t, i) => (t, (AnnotationEdit)new AnnotationEdit.Add("k", $"{i}")))])
        );

        Assert.Equal("0", (await it.Data.Annotations.OfClusterAsync(default))["k"]);
        Assert.Equal("1", Ok(await it.Data.Projects.InspectAsync(User, "default", default)).Annotations["k"]);
        Assert.Equal("2", Ok(await it.Data.Repos.InspectAsync(User, Repo("r"), default)).Annotations["k"]);
        Assert.Equal("3", Ok(await it.Data.Branches.InspectAsync(User, Branch("r@master"), default)).Annotations["k"]);
        Assert.Equal("4", (await it.CommitAsync("r@master")).Annotations["k"]);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Edits_are_made_in_order_all_or_none(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("r");
        var repo = new AnnotationTarget.Repo(Repo("r"));
        Ok(await EditAsync(it, (repo, new AnnotationEdit.Add("a", "1")), (repo, new AnnotationEdit.Set("b", "2"))));
        Ok(await EditAsync(it, (repo, new AnnotationEdit.Delete("a")), (repo, new AnnotationEdit.Delete("gone"))));

        var twice = await EditAsync(
            it,
            (repo, new AnnotationEdit.Set("c", "3")),
            (repo, new AnnotationEdit.Add("b", "9"))
        );
        var tooLong = await EditAsync(it, (repo, new AnnotationEdit.Set("c", new string('x', 70_000))));
        var nameless = await EditAsync(it, (repo, new AnnotationEdit.Set("", "x")));
        var missing = await EditAsync(it, (new AnnotationTarget.Project("p"), new AnnotationEdit.Set("c", "3")));

        Assert.Equal(ErrorKind.AlreadyExists, twice.Error?.Kind);
        Assert.Equal(ErrorKind.ResourceExhausted, tooLong.Error?.Kind);
        Assert.Equal(ErrorKind.InvalidArgument, nameless.Error?.Kind);
        Assert.Equal("project \"p\" not found", missing.Error?.Message);
        Assert.Equal(["b"], Ok(await it.Data.Repos.InspectAsync(User, Repo("r"), default)).Annotations.Keys);
        Ok(await EditAsync(it, (repo, new AnnotationEdit.Replace(new Dictionary<string, string> { ["z"] = "ü" }))));
        Assert.Equal("ü", Ok(await it.Data.Repos.InspectAsync(User, Repo("r"), default)).Annotations["z"]);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_job_may_not_annotate(string store)
    {
        await using var it = await OpenAsync(store);
        var job = new Caller.Job(new(IdSource.System.Next()), new(IdSource.System.Next()), "1", new HashSet<string>());
        foreach (
            AnnotationTarget target in new AnnotationTarget[]
            {
                new AnnotationTarget.Cluster(),
                new AnnotationTarget.Project("default"),
            }
        )
        {
            var refused = await it.Data.Annotations.EditAsync(
                job,
                [(target, new AnnotationEdit.Set("a", "b"))],
                default
            );
            Assert.Equal(ErrorKind.PermissionDenied, refused.Error?.Kind);
        }
    }

    private static Task<Result<Unit>> EditAsync(
        DataFixture it,
        params IReadOnlyList<(AnnotationTarget, AnnotationEdit)> edits
    ) => it.Data.Annotations.EditAsync(User, edits, default);
}
