using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;
using Braid.Tracking.Runs;

namespace Braid.Gateway.MLflow.Runs;

/// <summary>Logs parameters, which are written once and never changed.</summary>
internal static class ParameterLogging
{
    private const int longestValue = 6000;

    public static async Task<Result<Answer>> LogAsync(Call call, CancellationToken ct)
    {
        var id = call.Fields.RequiredRun();
        var parameter = ReadOne(call.Fields);
        var changed = await call.ChangeRunAsync(id, new() { Parameters = Edit([parameter]) }, ct);
        return (await ChangedValues.ExplainAsync(call, id, [parameter], changed, SingleText, ct)).Done();
    }

    public static RunParameter ReadOne(Fields fields) =>
        ParameterKeys.ToParameter(
            fields.RequiredKey("Param key"),
            KeyRules.Truncated(fields.Text("value") ?? "", longestValue)
        );

    public static ParameterEdit Edit(IReadOnlyList<RunParameter> parameters) =>
        new() { Set = parameters, Immutable = true };

    private static string SingleText(RunId run, IReadOnlyList<ChangedValue> changed) =>
        $"Changing param values is not allowed. Param with key='{changed[0].Key}' was already logged with"
        + $" value='{changed[0].Old}' for run ID='{run}'. Attempted logging new value '{changed[0].New}'.";
}
