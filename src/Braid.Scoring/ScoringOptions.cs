using System.Globalization;
using System.Net;

namespace Braid.Scoring;

/// <summary>What the program was told.</summary>
internal sealed record ScoringOptions
{
    public const string Usage =
        "Usage: braid-scoring --model DIR [--host 127.0.0.1] [--port 5000] [--workers 1] [--timeout 60] [--python python3] [--remove-model]";

    /// <summary>The folder of the model.</summary>
    public required string Model { get; init; }

    public IPAddress Host { get; init; } = IPAddress.Loopback;

    /// <summary>0: any that is free.</summary>
    public int Port { get; init; } = 5000;

    public int Workers { get; init; } = 1;

    /// <summary>How long one request may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    public string Python { get; init; } = "python3";

    /// <summary>The folder was downloaded for this call alone: it goes when the program ends.</summary>
    public bool RemovesModel { get; init; }

    /// <exception cref="FormatException">An option is unknown, lacks its value, or has one that it cannot have.</exception>
    public static ScoringOptions Read(IReadOnlyList<string> words)
    {
        var options = new ScoringOptions { Model = "" };
        for (var at = 0; at < words.Count; at++)
        {
            options = words[at] switch
            {
                "--remove-model" => options with { RemovesModel = true },
                "--model" => options with { Model = Path.GetFullPath(Next()) },
                "--host" => options with { Host = Address(Next()) },
                "--port" => options with { Port = Number(Next(), 0, ushort.MaxValue) },
                "--workers" => options with { Workers = Number(Next(), 1, 1024) },
                "--timeout" => options with { Timeout = TimeSpan.FromSeconds(Number(Next(), 1, 86_400)) },
                "--python" => options with { Python = Next() },
                var other => throw new FormatException($"there is no option {other}"),
            };

            string Next() =>
                at + 1 < words.Count ? words[++at] : throw new FormatException($"{words[at]} needs a value");
        }

        return options.Model.Length > 0 ? options : throw new FormatException("which model? --model DIR");
    }

    private static IPAddress Address(string text) =>
        text == "localhost" ? IPAddress.Loopback
        : IPAddress.TryParse(text, out var address) ? address
        : throw new FormatException($"--host {text}: an address of this machine, like 127.0.0.1 or 0.0.0.0");

    private static int Number(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= least
        && number <= most
            ? number
            : throw new FormatException($"{text} is not a number from {least} to {most}");
}
