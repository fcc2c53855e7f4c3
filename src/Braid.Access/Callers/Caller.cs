using System.Collections.Frozen;
using Braid.Primitives;

namespace Braid.Access.Callers;

/// <summary>
/// Who asks. Every call of a domain takes one first, and the domain asks it, here, whether it may: doors only find out who
/// it is. Each question answers null (it may) or the refusal to return.
/// </summary>
public abstract record Caller
{
    private Caller() { }

    /// <summary>The name shown as owner of what the caller makes.</summary>
    public abstract string Name { get; }

    /// <summary>Where the call comes from; null for who calls from inside the server.</summary>
    public CallerOrigin? Origin { get; init; }

    /// <summary>The attempt whose writes these are, so that an abandoned attempt's can be discarded; null for people.</summary>
    public virtual string? Writer => null;

    /// <summary>
    /// May do everything: the administrator's key, a user with that role, or anybody on a server that listens on loopback
    /// without authentication.
    /// </summary>
    public sealed record Administrator(string User) : Caller
    {
        public override string Name => User;
    }

    /// <summary>A person who is no administrator.</summary>
    public sealed record Member(string User) : Caller
    {
        public override string Name => User;
    }

    /// <summary>The server's own loops.</summary>
    public sealed record Internal(string Loop) : Caller
    {
        public override string Name => "braid";
    }

    /// <summary>
    /// User code that runs as one attempt of one job. It reaches the job's run (and that run's children), reads the job's
    /// inputs, and nothing else; a spout's also writes its output.
    /// </summary>
    public sealed record Job(RunId Run, ProjectId Project, string Attempt, IReadOnlySet<string> ReadableRepos) : Caller
    {
        /// <summary>Repos (<c>project/name</c>) in which it makes commits and writes files.</summary>
        public IReadOnlySet<string> WritableRepos { get; init; } = FrozenSet<string>.Empty;

        public override string Name => "job";

        public override string? Writer => Attempt;
    }

    /// <summary>Users, keys, defaults, deleting everything.</summary>
    public Error? MayAdminister() =>
        this switch
        {
            Job => Errors.JobMayNot("administer the server"),
            Member member => Errors.OnlyAdministrators("administer the server", member.User),
            _ => null,
        };

    /// <summary>Having key pairs, preferences and sessions of one's own. A job's pair must not outlive its attempt.</summary>
    public Error? MayHaveAccount() => this is Job ? Errors.JobMayNot("have keys or preferences of its own") : null;

    /// <summary>Seeing who uses the server.</summary>
    public Error? MaySeeUsers() => this is Job ? Errors.JobMayNot("see users") : null;

    /// <summary>Changing what a user is called: users change themselves.</summary>
    public Error? MayChangeUser(string id) =>
        this switch
        {
            Job => Errors.JobMayNot("change users"),
            Member member when member.User != id => Errors.OnlyAdministrators("change other users", member.User),
            _ => null,
        };

    /// <summary>Queues, what waits in them, and the workers that take it.</summary>
    public Error? MayUseQueues() => this is Job ? Errors.JobMayNot("use queues and workers") : null;

    /// <summary>The words that all things of the server use: labels, types, frameworks.</summary>
    public Error? MayListWords() => this is Job ? Errors.JobMayNot("list what others use") : null;

    /// <summary>Making or deleting projects, repos, branches and pipelines; writing files and commits.</summary>
    public Error? MayWriteData(string what) => this is Job ? Errors.JobMayNot($"change {what}") : null;

    /// <summary>Making commits and writing files in a repo (<c>project/name</c>).</summary>
    public Error? MayWriteRepo(string repo) =>
        this is Job job && !job.WritableRepos.Contains(repo) ? Errors.JobMayNot($"change repo {repo}") : null;

    /// <summary>Reading a repo (<c>project/name</c>).</summary>
    public Error? MayReadData(string repo) =>
        this is Job job && !job.ReadableRepos.Contains(repo)
            ? Errors.JobMayNot($"read {repo}: it is not an input")
            : null;

    /// <summary>Reading or changing a run, given the run it is a child of, if any.</summary>
    public Error? MayUseRun(RunId run, RunId? parent) =>
        this is Job job && job.Run != run && job.Run != parent
            ? Errors.JobMayNot($"use run {run}: its credentials reach run {job.Run} only")
            : null;

    /// <summary>Reading or changing what belongs to a project as a whole.</summary>
    public Error? MayUseProject(ProjectId project) =>
        this is Job job && job.Project != project ? Errors.JobMayNot($"use project {project}") : null;
}
