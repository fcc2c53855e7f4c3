using System.Globalization;

namespace Digits.Train;

/// <summary>A feature vector and the digit it shows.</summary>
internal sealed record Example(float[] Features, int Label)
{
    public const int Classes = 10;

    private const int Fold = 5;

    /// <summary>A line of the features' files: the label, then the numbers.</summary>
    public static Example Parse(string line)
    {
        var parts = line.Split(',');
        return new(
            [.. parts.Skip(1).Select(text => float.Parse(text, CultureInfo.InvariantCulture))],
            int.Parse(parts[0], CultureInfo.InvariantCulture)
        );
    }

    /// <summary>Every fifth example is held out.</summary>
    public static (List<Example> Training, List<Example> HeldOut) Split(IEnumerable<Example> examples)
    {
        var parts = examples.Index().ToLookup(pair => pair.Index % Fold == Fold - 1, pair => pair.Item);
        return ([.. parts[false]], [.. parts[true]]);
    }
}
