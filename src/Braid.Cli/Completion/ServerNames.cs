using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Contexts;
using Braid.Cli.Naming;
using Braid.Cli.Workloads;
using Braid.Protos.Pfs;
using Braid.Protos.Pps;

namespace Braid.Cli.Completion;

/// <summary>The names that there are on the server, as words that go on from what was typed.</summary>
internal sealed class ServerNames(Invocation call)
{
    /// <summary>pachctl's <c>max_shell_completions</c>, when the config file says nothing.</summary>
    private const int Most = 64;

    private static readonly IReadOnlyList<string> localFiles = [ShellScripts.LocalFiles];

    public async Task<IReadOnlyList<string>> OfFlagAsync(Flag flag, string current, CancellationToken ct) =>
        flag.Name switch
        {
            "project" or "src-project" or "dest-project" or "old-project" => await ProjectsAsync(ct),
            "pipeline" => await PipelinesAsync("", ct),
            "job" => await JobsAsync(current, ct),
            "provenance" => await BranchesAsync(current, "", ct),
            "head" or "parent" or "from" or "trigger" => await BranchesOfArgumentAsync(ct),
            "output" when call.Command.Flags.Contains(Flags.Raw) => ["json", "yaml"],
            "output" or "file" or "input-file" or "data" or "path" => localFiles,
            "split" => ["json", "line", "sql", "csv"],
            "origin" => ["user", "auto", "fsck"],
            _ => [],
        };

    /// <param name="usage">What the help says of the argument.</param>
    /// <param name="current">What was typed of it.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<IReadOnlyList<string>> OfArgumentAsync(string usage, string current, CancellationToken ct)
    {
        var hasPath = usage.Contains(':', StringComparison.Ordinal);
        return usage switch
        {
            _ when usage.Contains("<pipeline>@", StringComparison.Ordinal) => await JobsAsync(current, ct),
            _ when usage.Contains("<pipeline>", StringComparison.Ordinal) => await PipelinesAsync("", ct),
            _ when usage.Contains("<project>", StringComparison.Ordinal) => await ProjectsAsync(ct),
            _ when usage.Contains("<workload>", StringComparison.Ordinal) => await WorkloadsAsync(ct),
            _ when usage.Contains("<context>", StringComparison.Ordinal) => ConfigFile.Open(call.World).Names,
            _ when usage.Contains("bash|", StringComparison.Ordinal) => usage.Split('|'),
            _ when hasPath && current.Contains(':', StringComparison.Ordinal) => await FilesAsync(current, ct),
            _ when usage.Contains('@', StringComparison.Ordinal) => await BranchesAsync(
                current,
                hasPath ? ":" : "",
                ct
            ),
            _ when usage.Contains("<repo>", StringComparison.Ordinal) => await ReposAsync("", ct),
            _ => [],
        };
    }

    private async Task<IReadOnlyList<string>> ProjectsAsync(CancellationToken ct) =>
        await call
            .Pach.StreamAsync(PfsMethods.ListProject, new ListProjectRequest(), ct)
            .Select(project => project.Project.Name)
            .ToListAsync(ct);

    private async Task<IReadOnlyList<string>> WorkloadsAsync(CancellationToken ct)
    {
        var path = $"api/workloads?live=true&limit={Most}&project={Uri.EscapeDataString(ProjectChoice.Of(call))}";
        var answer = await call.Web.CallAsync(HttpMethod.Get, path, ct);
        return [.. (answer["workloads"]?.AsArray() ?? []).Select(workload => $"{workload?["name"]}")];
    }

    private async Task<IReadOnlyList<string>> ReposAsync(string ending, CancellationToken ct)
    {
        var request = new ListRepoRequest { Type = "user", Projects = { new Project { Name = call.Project } } };
        return await call
            .Pach.StreamAsync(PfsMethods.ListRepo, request, ct)
            .Select(repo => repo.Repo.Name + ending)
            .ToListAsync(ct);
    }

    private async Task<IReadOnlyList<string>> PipelinesAsync(string ending, CancellationToken ct)
    {
        var request = new ListPipelineRequest { Projects = { new Project { Name = call.Project } } };
        return await call
            .Pach.StreamAsync(PpsMethods.ListPipeline, request, ct)
            .Select(pipeline => pipeline.Pipeline.Name + ending)
            .ToListAsync(ct);
    }

    private async Task<IReadOnlyList<string>> JobsAsync(string current, CancellationToken ct)
    {
        if (current.Split('@', 2) is not [var pipeline, _])
        {
            return await PipelinesAsync("@", ct);
        }

        var request = new ListJobRequest { Pipeline = Names.Pipeline(call.Project, pipeline), Number = Most };
        return await call
            .Pach.StreamAsync(PpsMethods.ListJob, request, ct)
            .Take(Most)
            .Select(job => $"{pipeline}@{job.Job.Id}")
            .ToListAsync(ct);
    }

    /// <summary>Repos until there is an @, then the repo's branches; master is offered before it is there.</summary>
    private async Task<IReadOnlyList<string>> BranchesAsync(string current, string ending, CancellationToken ct)
    {
        if (current.Split('@', 2) is not [var repo, _])
        {
            return await ReposAsync("@", ct);
        }

        var names = await BranchNamesAsync(Names.Repo(call.Project, repo), ct);
        return [.. (names.Count > 0 ? names : ["master"]).Select(name => $"{repo}@{name}{ending}")];
    }

    private async Task<IReadOnlyList<string>> BranchesOfArgumentAsync(CancellationToken ct) =>
        call.Argument(0) is { } text ? await BranchNamesAsync(Names.Repo(call.Project, text.Split('@')[0]), ct) : [];

    private async Task<List<string>> BranchNamesAsync(Repo repo, CancellationToken ct) =>
        await call
            .Pach.StreamAsync(PfsMethods.ListBranch, new ListBranchRequest { Repo = repo }, ct)
            .Select(branch => branch.Branch.Name)
            .ToListAsync(ct);

    /// <summary>The files that begin so; a directory's name ends in a slash, and goes on.</summary>
    private async Task<IReadOnlyList<string>> FilesAsync(string current, CancellationToken ct)
    {
        var file = Names.File(call.Project, current);
        var typed = file.Path.StartsWith('/') ? "" : "/"; // the server's paths begin with a slash; what was typed may not
        var start = current[..(current.Length - file.Path.Length)];
        var request = new GlobFileRequest { Commit = file.Commit, Pattern = file.Path + "*" };
        return await call
            .Pach.StreamAsync(PfsMethods.GlobFile, request, ct)
            .Take(Most)
            .Select(found => start + found.File.Path[typed.Length..])
            .ToListAsync(ct);
    }
}
