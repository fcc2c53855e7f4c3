using Braid.Primitives;
using Npgsql;

namespace Braid.Pipelines.Egressing;

/// <summary>Reads the URL of a database.</summary>
internal static class SqlAddress
{
    private const int usualPort = 5432;

    /// <summary>What Npgsql connects with.</summary>
    public static Result<string> Read(string url, string password)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address))
        {
            return Errors.BadEgressUrl(url);
        }

        if (address.Scheme is not ("postgresql" or "postgres"))
        {
            return Errors.EgressDatabase(address.Scheme);
        }

        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = address.Host,
            Port = address.Port > 0 ? address.Port : usualPort,
            Database = Uri.UnescapeDataString(address.AbsolutePath.TrimStart('/')),
            Username = Uri.UnescapeDataString(address.UserInfo.Split(':')[0]),
            Password = password,
            ApplicationName = "braid egress",
            // A job's database is asked once in a while: no connection is kept for it.
            Pooling = false,
        };
        return Options(builder, address.Query) is { } bad ? bad : builder.ConnectionString;
    }

    private static Error? Options(NpgsqlConnectionStringBuilder builder, string query)
    {
        foreach (var option in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            switch (option.Split('=', 2))
            {
                case ["sslmode", var mode]
                    when Enum.TryParse<SslMode>(mode.Replace("-", "", StringComparison.Ordinal), true, out var ssl):
                    builder.SslMode = ssl;
                    break;
                case ["host", var socket]:
                    builder.Host = Uri.UnescapeDataString(socket);
                    break;
                default:
                    return Errors.EgressOption(option);
            }
        }

        return null;
    }
}
