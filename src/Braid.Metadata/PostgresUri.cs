using Npgsql;

namespace Braid.Metadata;

/// <summary>Turns libpq's URI form into Npgsql's keywords.</summary>
internal static class PostgresUri
{
    public static string ToConnectionString(Uri uri)
    {
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host,
            Port = uri.Port > 0 ? uri.Port : 5432,
            Database = Uri.UnescapeDataString(uri.AbsolutePath[1..]),
            ApplicationName = "braid",
        };
        var user = uri.UserInfo.Split(':', 2);
        if (user[0].Length > 0)
        {
            builder.Username = Uri.UnescapeDataString(user[0]);
        }

        if (user.Length > 1)
        {
            builder.Password = Uri.UnescapeDataString(user[1]);
        }

        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, value) = pair.Split('=', 2) is [var k, var v] ? (k, Uri.UnescapeDataString(v)) : (pair, "");
            builder[Keyword(key)] = key == "host" && value.Length == 0 ? uri.Host : value;
        }

        return builder.ConnectionString;
    }

    private static string Keyword(string libpq) =>
        libpq switch
        {
            "sslmode" => "SSL Mode",
            "application_name" => "Application Name",
            "connect_timeout" => "Timeout",
            "options" => "Options",
            "search_path" => "Search Path",
            _ => libpq,
        };
}
