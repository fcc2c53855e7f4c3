using Braid.Primitives;
using Braid.TrainingJobs.Defaults;
using Braid.TrainingJobs.Manifests;
using Braid.TrainingJobs.Validation;

namespace Braid.TrainingJobs;

/// <summary>A job that may be stored and run, with its defaults, and what its author should know.</summary>
public sealed record AdmittedJob(TrainingJob Job, IReadOnlyList<string> Warnings);

/// <summary>Completes and checks jobs before they are stored.</summary>
public static class Admission
{
    /// <summary>A new job. A status that the manifest brings along is dropped.</summary>
    public static Result<AdmittedJob> Create(TrainingJob job) =>
        Admit(JobDefaults.Complete(job) with { Status = null }, JobRules.CheckGiven(job));

    /// <summary>A new version of a job; its status stays the old one's.</summary>
    public static Result<AdmittedJob> Update(TrainingJob before, TrainingJob after)
    {
        var completed = JobDefaults.Complete(after) with { Status = before.Status };
        return Admit(completed, [.. JobRules.CheckGiven(after), .. JobRules.CheckUpdate(before, completed)]);
    }

    private static Result<AdmittedJob> Admit(TrainingJob job, IReadOnlyList<FieldError> known)
    {
        IReadOnlyList<FieldError> errors = [.. known, .. JobRules.Check(job)];
        return errors.Count > 0
            ? Errors.Invalid(job.Traits.Name, job.Name, errors)
            : new AdmittedJob(job, JobRules.Warnings(job));
    }
}
