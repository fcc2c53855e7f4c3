using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Tracking.Projects;

/// <summary>Makes, finds, changes and trashes projects. A job's caller sees its own project only.</summary>
public sealed class Projects(Database database, TimeProvider clock, IdSource ids)
{
    /// <summary>The project that always exists: number 0, name "Default".</summary>
    public static ProjectId Default { get; } = ProjectId.Parse("00000000000040008000000000000000");

    /// <summary>Makes a project and its missing ancestors. A job's caller is answered with the job's own project.</summary>
    /// <returns>The project; <c>tracking.project-exists</c> when the name is taken, by a trashed one too.</returns>
    public Task<Result<Project>> CreateAsync(Caller caller, NewProject project, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>The project of that name, made when there is none. A job's caller is answered with the job's own project.</summary>
    public Task<Result<Project>> EnsureAsync(Caller caller, string name, CancellationToken ct) =>
        throw new NotImplementedException();

    public Task<Result<Project>> GetAsync(Caller caller, ProjectId id, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>By MLflow's experiment id.</summary>
    public Task<Result<Project>> GetAsync(Caller caller, long number, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>By full path.</summary>
    public Task<Result<Project>> GetAsync(Caller caller, string name, CancellationToken ct) =>
        throw new NotImplementedException();

    public Task<Result<Page<Project>>> ListAsync(Caller caller, ProjectQuery query, CancellationToken ct) =>
        throw new NotImplementedException();

    public Task<Result<Project>> UpdateAsync(Caller caller, ProjectId id, ProjectChange change, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>Puts the project and its living runs in the trash; the name stays taken.</summary>
    public Task<Result<Project>> TrashAsync(Caller caller, ProjectId id, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>Takes the project, and the runs that went with it, out of the trash.</summary>
    public Task<Result<Project>> RestoreAsync(Caller caller, ProjectId id, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>Removes an empty project for good; <c>tracking.project-in-use</c> while runs, models or projects are in it.</summary>
    public Task<Result<Unit>> DeleteAsync(Caller caller, ProjectId id, CancellationToken ct) =>
        throw new NotImplementedException();
}
