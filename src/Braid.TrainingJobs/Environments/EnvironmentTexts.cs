using System.Text;
using Braid.TrainingJobs.Manifests;

namespace Braid.TrainingJobs.Environments;

/// <summary>Variables as a program sees them, by Kubernetes' rules.</summary>
public static class EnvironmentTexts
{
    /// <summary>
    /// The values in their order; the last of a name counts. <c>$(NAME)</c> stands for a variable before it and stays as it is where there is
    /// none; <c>$$</c> is a dollar.
    /// </summary>
    /// <param name="variables">A container's.</param>
    /// <param name="valueOf">What a source holds; null: nothing, and the variable is not there.</param>
    public static IReadOnlyDictionary<string, string> Resolve(
        IReadOnlyList<EnvVar> variables,
        Func<EnvVarSource, string?> valueOf
    )
    {
        var values = new Dictionary<string, string>();
        foreach (var variable in variables)
        {
            var value = variable.ValueFrom is { } source ? valueOf(source) : Expand(variable.Value, values);
            if (value is not null)
            {
                values[variable.Name] = value;
            }
        }

        return values;
    }

    /// <summary>A word of a command or of its arguments.</summary>
    public static string Expand(string text, IReadOnlyDictionary<string, string> values)
    {
        var expanded = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '$' || i + 1 == text.Length)
            {
                expanded.Append(text[i]);
            }
            else if (text[i + 1] == '$')
            {
                expanded.Append('$');
                i++;
            }
            else
            {
                i += Append(expanded, text, i, values);
            }
        }

        return expanded.ToString();
    }

    /// <summary>How many letters after the dollar were used up.</summary>
    private static int Append(
        StringBuilder expanded,
        string text,
        int dollar,
        IReadOnlyDictionary<string, string> values
    )
    {
        var end = text[dollar + 1] == '(' ? text.IndexOf(')', dollar) : -1;
        if (end < 0 || !values.TryGetValue(text[(dollar + 2)..end], out var value))
        {
            expanded.Append('$');
            return 0;
        }

        expanded.Append(value);
        return end - dollar;
    }
}
