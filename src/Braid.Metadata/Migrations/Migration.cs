using System.Globalization;
using System.Reflection;

namespace Braid.Metadata.Migrations;

/// <summary>
/// One forward step of one module's schema. Steps of a module run in the order of their numbers; modules run in the order
/// the server lists them. <c>{identity}</c> stands for the store's self-numbering 64-bit primary key column,
/// <c>{now}</c> for the time at which the step runs, <c>{json_text}</c> for what defines <c>json_text</c> where the server does not,
/// <c>{binary_collation}</c> for what defines the collation <c>"binary"</c> (by bytes) where the store does not.
/// </summary>
public sealed record Migration(string Module, int Number, string Name, string Sql)
{
    /// <summary>
    /// A module's steps, embedded as <c>Schema/NNNN_name.sql</c>. The project file says
    /// <c>&lt;EmbeddedResource Include="Schema/*.sql" LogicalName="%(Filename)%(Extension)" /&gt;</c>.
    /// </summary>
    public static IReadOnlyList<Migration> EmbeddedIn(Assembly assembly, string module) =>
        [
            .. assembly
                .GetManifestResourceNames()
                .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(name => Read(assembly, module, name)),
        ];

    private static Migration Read(Assembly assembly, string module, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!); // the name came from the assembly
        var stem = Path.GetFileNameWithoutExtension(resource).Split('_', 2);
        return new(module, int.Parse(stem[0], CultureInfo.InvariantCulture), stem[1], reader.ReadToEnd());
    }
}
