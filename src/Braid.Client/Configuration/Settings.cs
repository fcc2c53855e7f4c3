namespace Braid.Client.Configuration;

/// <summary>
/// Looks settings up, the strongest source first: the program's config, its keywords, the environment (<c>TRACELET_KEY</c>, then the
/// variables of the backend's own client), the file <c>.env</c>, and <c>clearml.conf</c>.
/// </summary>
internal sealed class Settings(
    IReadOnlyDictionary<string, string> config,
    IReadOnlyDictionary<string, string> keywords,
    Func<string, string?> variable,
    Func<string, string?> dotEnv,
    Func<string, string?> clearMLConf
)
{
    /// <param name="config">The program's own words.</param>
    /// <param name="keywords">What it passed by name; null for none.</param>
    public static Settings OfThisProcess(
        IReadOnlyDictionary<string, string> config,
        IReadOnlyDictionary<string, string>? keywords
    )
    {
        return Of(config, keywords, Environment.GetEnvironmentVariable);
    }

    /// <summary>The settings of a process with these variables, in this folder.</summary>
    public static Settings Of(Func<string, string?> variable) => Of(new Dictionary<string, string>(), null, variable);

    private static Settings Of(
        IReadOnlyDictionary<string, string> config,
        IReadOnlyDictionary<string, string>? keywords,
        Func<string, string?> variable
    )
    {
        var dotEnv = DotEnv.Read(Path.Combine(Environment.CurrentDirectory, ".env"));
        var conf = ClearMLConf.Read(ClearMLConf.PathOf(variable));
        return new(
            config,
            keywords ?? new Dictionary<string, string>(),
            variable,
            dotEnv.GetValueOrDefault,
            conf.GetValueOrDefault
        );
    }

    /// <summary>A variable of the environment itself.</summary>
    public string? Variable(string name) => Given(variable(name));

    /// <summary>The text of a setting; null when nobody gives one.</summary>
    /// <param name="key">Its key in the config.</param>
    /// <param name="natives">The variables that the backend's own client reads.</param>
    public string? Text(string key, params ReadOnlySpan<string> natives)
    {
        var shared = "TRACELET_" + key.ToUpperInvariant();
        return Given(config.GetValueOrDefault(key))
            ?? Given(keywords.GetValueOrDefault(key))
            ?? FirstOf(variable, shared, natives)
            ?? FirstOf(dotEnv, shared, natives);
    }

    /// <summary>What clearml.conf says: <c>api.api_server</c>.</summary>
    public string? Conf(string path) => Given(clearMLConf(path));

    /// <summary>The words between the commas of a setting.</summary>
    public IReadOnlyList<string> Words(string key) =>
        Text(key)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <exception cref="ArgumentException">It is neither true nor false.</exception>
    public bool Flag(string key, bool otherwise) =>
        Text(key) is { } text ? AsFlag(text) ?? throw Wrong(key, text, "true or false") : otherwise;

    /// <exception cref="ArgumentException">It is no number.</exception>
    public double Number(string key, double otherwise) =>
        Text(key) is not { } text ? otherwise
        : double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) && number >= 0
            ? number
        : throw Wrong(key, text, "a number, 0 or more");

    public static bool? AsFlag(string text) =>
        text.ToLowerInvariant() switch
        {
            "1" or "true" or "yes" or "on" => true,
            "0" or "false" or "no" or "off" => false,
            _ => null,
        };

    private static ArgumentException Wrong(string key, string text, string expected) =>
        new($"{key} is '{text}': expected {expected}");

    private static string? FirstOf(Func<string, string?> source, string shared, ReadOnlySpan<string> natives)
    {
        var found = Given(source(shared));
        for (var i = 0; found is null && i < natives.Length; i++)
        {
            found = Given(source(natives[i]));
        }

        return found;
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
