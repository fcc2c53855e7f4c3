using System.Globalization;

namespace Training;

/// <summary>What the command line says: <c>--epochs 200 --width 16 --rate 0.05 --pause 0</c> (milliseconds between epochs).</summary>
internal sealed record TrainingSettings(int Epochs, int Width, double Rate, TimeSpan Pause)
{
    /// <summary>Without a word in the environment, the run goes to a folder that anybody can read.</summary>
    public Dictionary<string, object?> Config { get; } =
        Environment.GetEnvironmentVariable("TRACELET_BACKEND") is null
            ? new() { ["backend"] = "folder", ["tags"] = new[] { "example" } }
            : new() { ["tags"] = new[] { "example" } };

    public static TrainingSettings Parse(string[] args)
    {
        var given = args.Chunk(2)
            .Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0].TrimStart('-'), pair => pair[1]);
        double Number(string name, double otherwise) =>
            given.TryGetValue(name, out var text) ? double.Parse(text, CultureInfo.InvariantCulture) : otherwise;
        return new(
            (int)Number("epochs", 200),
            (int)Number("width", 16),
            Number("rate", 0.05),
            TimeSpan.FromMilliseconds(Number("pause", 0))
        );
    }

    public Dictionary<string, object?> AsParameters() =>
        new()
        {
            ["epochs"] = Epochs,
            ["width"] = Width,
            ["rate"] = Rate,
        };
}
