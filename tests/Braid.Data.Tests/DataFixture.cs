using System.Text;
using Braid.Access;
using Braid.Access.Callers;
using Braid.Data.Content;
using Braid.Data.History;
using Braid.Data.Naming;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Blobs;
using Braid.Storage.Trees;
using Braid.Testing;

namespace Braid.Data.Tests;

/// <summary>Versioned data over a database and a folder of the test's own, and short words for what tests do with it.</summary>
internal sealed class DataFixture : IAsyncDisposable
{
    public static readonly Caller User = new Caller.Administrator("ann");

    private readonly TempFolder folder;

    private DataFixture(TempFolder folder, TestDatabase test, ContentStore content, ManualClock clock)
    {
        this.folder = folder;
        Test = test;
        Content = content;
        Clock = clock;
        Data = new(test.Database, content, clock, IdSource.System);
    }

    public TestDatabase Test { get; }

    public ContentStore Content { get; }

    public ManualClock Clock { get; }

    public VersionedData Data { get; }

    public static async Task<DataFixture> OpenAsync(string store)
    {
        var folder = new TempFolder();
        var clock = new ManualClock();
        var test = await TestDatabase.OpenAsync(store, [.. AccessSchema.Migrations, .. DataSchema.Migrations], clock);
        var content = await ContentStore.OpenAsync(new BlobAddress.Folder(folder.File("blobs")), clock, default);
        var fixture = new DataFixture(folder, test, content, clock);
        Ok(await fixture.Data.EnsureDefaultProjectAsync(default));
        return fixture;
    }

    public static RepoName Repo(string name) => RepoName.Parse(name).Value;

    public static BranchName Branch(string text) => new(Repo(text.Split('@')[0]), text.Split('@')[1]);

    public static CommitSpec Spec(string text) => CommitSpec.Parse(text).Value;

    public static T Ok<T>(Result<T> result) =>
        result.IsOk ? result.Value : throw new InvalidOperationException($"{result.Error}");

    public async Task<RepoName> NewRepoAsync(string name)
    {
        Ok(await Data.Repos.CreateAsync(User, Repo(name), "", update: false, default));
        return Repo(name);
    }

    public async Task BranchAsync(string branch, params string[] provenance) =>
        Ok(
            await Data.Branches.CreateAsync(
                User,
                Branch(branch),
                new() { Provenance = [.. provenance.Select(Branch)] },
                default
            )
        );

    /// <summary>Overwrites files (path, text) in one go.</summary>
    public async Task<Result<Commit>> PutAsync(string at, params (string Path, string Text)[] files)
    {
        if (!(await EditsAsync(at)).TryGet(out var edits, out var error))
        {
            return error;
        }

        using var session = edits;

        foreach (var (path, text) in files)
        {
            Ok(await session.DeleteAsync(path, default));
            Ok(await session.AppendAsync(path, Encoding.UTF8.GetBytes(text), default));
        }

        return await session.ApplyAsync(default);
    }

    public Task<Result<FileEdits<Commit>>> EditsAsync(string at) =>
        Data.Files.EditAsync(User, Repo(at.Split('@')[0]), Spec(at.Split('@')[1]), default);

    public FileAt At(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var commit = (colon < 0 ? text : text[..colon]).Split('@');
        return new(Repo(commit[0]), Spec(commit[1]), colon < 0 ? "/" : text[(colon + 1)..]);
    }

    public async Task<string> ReadAsync(string at)
    {
        var file = Ok(await Data.Files.OpenAsync(User, At(at), default));
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, 0, long.MaxValue, default);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    public async Task<string[]> ListAsync(string at) =>
        await PathsAsync(await Data.Files.ListAsync(User, At(at), ListOptions.All, default));

    public async Task<string[]> WalkAsync(string at) =>
        await PathsAsync(await Data.Files.WalkAsync(User, At(at), null, default));

    public async Task<string[]> GlobAsync(string at) =>
        await PathsAsync(await Data.Files.GlobAsync(User, At(at), default));

    public Task<Result<Commit>> InspectAsync(string at) =>
        Data.Commits.InspectAsync(User, Repo(at.Split('@')[0]), Spec(at.Split('@')[1]), CommitState.Started, default);

    public async Task<Commit> CommitAsync(string at) => Ok(await InspectAsync(at));

    /// <summary>Commits of a repo, newest first.</summary>
    public async Task<List<Commit>> CommitsAsync(string repo, CommitQuery? query = null) =>
        await Ok(await Data.Commits.ListAsync(User, Repo(repo), query ?? new(), default)).ToListAsync();

    public Task<Result<Commit>> FinishAsync(string at, string error = "") =>
        Data.Commits.FinishAsync(
            User,
            Repo(at.Split('@')[0]),
            Spec(at.Split('@')[1]),
            "",
            error,
            force: false,
            default
        );

    public Task<Result<Commit>> StartAsync(string branch, string? parent = null) =>
        Data.Commits.StartAsync(User, Branch(branch), parent is null ? null : Spec(parent), "", default);

    /// <summary>Finishes an open output commit, as its job would.</summary>
    public async Task FinishOutputAsync(string at, string? error = null)
    {
        var commit = await CommitAsync(at);
        Ok(
            await Test.Database.WriteAsync(
                db =>
                    Data.Commits.FinishOutputAsync(db, commit.Name, commit.Root, new(commit.Files, commit.Size), error),
                default
            )
        );
    }

    public async ValueTask DisposeAsync()
    {
        await Content.DisposeAsync();
        await Test.DisposeAsync();
        folder.Dispose();
    }

    private static async Task<string[]> PathsAsync(Result<FileListing> listing) =>
        await Ok(listing).Entries.Select(entry => entry.Path).ToArrayAsync();
}
