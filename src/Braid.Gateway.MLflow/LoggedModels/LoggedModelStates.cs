using Braid.Gateway.MLflow.Wire;
using Braid.Tracking.Models;

namespace Braid.Gateway.MLflow.LoggedModels;

/// <summary>The protocol's words for a logged model's state.</summary>
internal static class LoggedModelStates
{
    /// <summary>What filters call them.</summary>
    public static readonly IReadOnlyList<string> Names = ["PENDING", "READY", "UPLOAD_FAILED"];

    private const string prefix = "LOGGED_MODEL_";

    public static string NameOf(ModelState state) => prefix + Names[(int)state];

    /// <summary>The domain's word for the name that a filter uses.</summary>
    public static IReadOnlyList<string> WordsOf(string name) =>
        [((ModelState)Names.IndexOf(name)).ToString().ToLowerInvariant()];

    /// <summary>Reads the required <c>status</c>, a name or its number.</summary>
    public static ModelState Required(Fields fields)
    {
        var text = fields.Raw("status")?.ToString() ?? "";
        var at = text.Length == 1 ? text[0] - '1' : Names.IndexOf(text.Replace(prefix, "", StringComparison.Ordinal));
        if (at >= 0 && at < Names.Count)
        {
            return (ModelState)at;
        }

        fields.Refuse(
            text.Length == 0
                ? Errors.Missing("status")
                : Errors.InvalidValue(
                    "status",
                    text,
                    $"it is one of {string.Join(", ", Names.Select(n => prefix + n))}."
                )
        );
        return default;
    }

    private static int IndexOf(this IReadOnlyList<string> names, string name)
    {
        for (var at = 0; at < names.Count; at++)
        {
            if (names[at] == name)
            {
                return at;
            }
        }

        return -1;
    }
}
