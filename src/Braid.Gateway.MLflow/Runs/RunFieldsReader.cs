using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;

namespace Braid.Gateway.MLflow.Runs;

/// <summary>Reads the id of a run, under its name of today or its old one.</summary>
internal static class RunFieldsReader
{
    /// <summary>The required <c>run_id</c> (or <c>run_uuid</c>). No run has an id that is not 32 hex digits.</summary>
    public static RunId RequiredRun(this Fields fields)
    {
        var text = fields.RunText();
        if (string.IsNullOrEmpty(text))
        {
            fields.Refuse(Errors.Missing(fields.PathOf("run_id")));
        }
        else if (!RunId.TryParse(text, out _))
        {
            fields.Refuse(Errors.NotFound(NoRun(text)));
        }

        return RunId.TryParse(text, out var id) ? id : default;
    }

    /// <summary>A run that may be named; null when it is not.</summary>
    public static RunId? OptionalRun(this Fields fields, string name)
    {
        var text = fields.Text(name);
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (RunId.TryParse(text, out var id))
        {
            return id;
        }

        fields.Refuse(Errors.NotFound(NoRun(text)));
        return null;
    }

    /// <summary>Says in the protocol's words that there is no such run, or that it is deleted.</summary>
    public static Result<T> OnRun<T>(this Result<T> result, RunId id) =>
        result.Error switch
        {
            { Code: "tracking.no-such-run" } error => error with { Message = NoRun($"{id}") },
            { Code: "tracking.run-trashed" } error => error with
            {
                Message = $"The run {id} must be in the 'active' state. Current state is deleted.",
            },
            _ => result,
        };

    private static string NoRun(string id) => $"Run with id={id} not found";

    private static string? RunText(this Fields fields) =>
        fields.Text("run_id") is { Length: > 0 } id ? id : fields.Text("run_uuid");
}
