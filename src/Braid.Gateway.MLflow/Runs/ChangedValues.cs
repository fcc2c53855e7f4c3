using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;
using Braid.Tracking.Runs;

namespace Braid.Gateway.MLflow.Runs;

/// <summary>A parameter that has one value and was sent with another.</summary>
internal sealed record ChangedValue(string Key, string Old, string New);

/// <summary>Says which parameters a refused write would have changed, in the words that MLflow's users look up.</summary>
internal static class ChangedValues
{
    public static async Task<Result<T>> ExplainAsync<T>(
        Call call,
        RunId id,
        IReadOnlyList<RunParameter> sent,
        Result<T> result,
        Func<RunId, IReadOnlyList<ChangedValue>, string> words,
        CancellationToken ct
    )
    {
        if (result.Error is not { Code: "tracking.parameter-immutable" } refusal)
        {
            return result;
        }

        var run = await call.Rooms.Runs.GetAsync(call.Caller, id, RunParts.Parameters, ct);
        var changed = run.IsOk ? Between(run.Value.Parameters, sent) : [];
        return changed.Count == 0 ? refusal : Errors.Invalid(words(id, changed));
    }

    private static IReadOnlyList<ChangedValue> Between(
        IReadOnlyList<RunParameter> stored,
        IReadOnlyList<RunParameter> sent
    ) =>
        [
            .. from parameter in sent
            join old in stored on (parameter.Section, parameter.Name) equals (old.Section, old.Name)
            where old.Value != parameter.Value
            select new ChangedValue(ParameterKeys.KeyOf(parameter), old.Value, parameter.Value),
        ];
}
