using System.Globalization;
using System.Net;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Storage.Blobs;
using Braid.Storage.Sweeping;

namespace Braid.Server.Options;

/// <summary>Reads the options from the command line, then the environment, then the defaults, and reports every mistake at once.</summary>
internal sealed class ServeOptionsReader
{
    private readonly Dictionary<Option, string> given = [];
    private readonly List<string> mistakes = [];
    private readonly Func<string, string?> environment;

    private ServeOptionsReader(Func<string, string?> environment) => this.environment = environment;

    /// <summary>The options, or what is wrong with them, a line each.</summary>
    public static (ServeOptions? Options, IReadOnlyList<string> Mistakes) Read(
        IReadOnlyList<string> args,
        Func<string, string?> environment
    )
    {
        var reader = new ServeOptionsReader(environment);
        reader.ReadFlags(args);
        var options = reader.Build();
        return reader.mistakes.Count == 0 ? (options, []) : (null, reader.mistakes);
    }

    private void ReadFlags(IReadOnlyList<string> args)
    {
        for (var at = 0; at < args.Count; at++)
        {
            var (flag, inline) = args[at].Split('=', 2) is [var f, var v] ? (f, v) : (args[at], null);
            if (OptionTable.All.FirstOrDefault(option => option.Flag == flag) is not { } option)
            {
                mistakes.Add($"unknown option {args[at]}");
            }
            else if (option.IsSwitch)
            {
                given[option] = inline ?? "true";
            }
            else if (inline is not null || at + 1 < args.Count)
            {
                given[option] = inline ?? args[++at];
            }
            else
            {
                mistakes.Add($"{flag} needs a value: {flag} {option.Value}");
            }
        }
    }

    private ServeOptions Build()
    {
        var data = Path.GetFullPath(Text(OptionTable.Data) ?? Missing(OptionTable.Data));
        var blobs = Text(OptionTable.Blobs)!; // it has a default
        return new()
        {
            Data = data,
            Bind = Address(OptionTable.Bind),
            Ports = new(
                Port(OptionTable.PachydermPort),
                Port(OptionTable.ClearMLPort),
                Port(OptionTable.FilesPort),
                Port(OptionTable.MLflowPort),
                Port(OptionTable.S3Port),
                Port(OptionTable.WebPort)
            ),
            Database = Checked(DatabaseAddress.Parse(Text(OptionTable.Database)!, Path.Combine(data, "braid.db")))!,
            Blobs = Checked(BlobAddress.Parse(blobs.Contains("://") ? blobs : Path.Combine(data, blobs)))!,
            Expose = Folders(OptionTable.Expose),
            ReclaimEvery = Hours(OptionTable.ReclaimHours),
            PrivateUrls = Switch(OptionTable.PrivateUrls),
            Auth = Switch(OptionTable.Auth),
        };
    }

    private string? Text(Option option) =>
        given.TryGetValue(option, out var text) ? text
        : environment(option.Variable) is { Length: > 0 } variable ? variable
        : option.Default;

    private string Missing(Option option)
    {
        mistakes.Add($"{option.Flag} {option.Value} is needed: {option.Help}");
        return ".";
    }

    private IPAddress Address(Option option)
    {
        var text = Text(option)!;
        if (IPAddress.TryParse(text == "localhost" ? "127.0.0.1" : text, out var address))
        {
            return address;
        }

        mistakes.Add($"{option.Flag} wants an IP address (127.0.0.1, 0.0.0.0, ::), not '{text}'");
        return IPAddress.Loopback;
    }

    private int Port(Option option)
    {
        var text = Text(option)!;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535)
        {
            return port;
        }

        mistakes.Add($"{option.Flag} wants a port (0 to 65535), not '{text}'");
        return 0;
    }

    private TimeSpan Hours(Option option)
    {
        var text = Text(option)!;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var hours) && hours <= 10_000)
        {
            return hours == 0 ? Sweeper.Never : TimeSpan.FromHours(hours);
        }

        mistakes.Add($"{option.Flag} wants a number of hours (0 to 10000), not '{text}'");
        return default;
    }

    private string[] Folders(Option option)
    {
        string[] folders =
        [
            .. Text(option)!.Split(':', StringSplitOptions.RemoveEmptyEntries).Select(Path.GetFullPath),
        ];
        mistakes.AddRange(
            folders
                .Where(folder => !Directory.Exists(folder))
                .Select(folder => $"{option.Flag}: there is no folder {folder}")
        );
        return folders;
    }

    private bool Switch(Option option)
    {
        var text = Text(option) ?? "false";
        if (text is "true" or "1" or "false" or "0")
        {
            return text is "true" or "1";
        }

        mistakes.Add($"{option.Flag} is true or false, not '{text}'");
        return true;
    }

    private T? Checked<T>(Result<T> result)
        where T : class
    {
        if (result.IsOk)
        {
            return result.Value;
        }

        mistakes.Add(result.Error.Message);
        return null;
    }
}
