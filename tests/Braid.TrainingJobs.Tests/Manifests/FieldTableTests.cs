using System.Text.Json.Serialization.Metadata;
using Braid.Testing;
using Braid.TrainingJobs.Kinds;
using Braid.TrainingJobs.Manifests;
using Braid.TrainingJobs.Manifests.Reading;

namespace Braid.TrainingJobs.Tests.Manifests;

/// <summary>docs/protocols/kubeflow.md says of every field what becomes of it.</summary>
public sealed class FieldTableTests
{
    private static readonly string text = File.ReadAllText(Repository.PathOf("docs", "protocols", "kubeflow.md"));

    [Fact]
    public void The_table_has_every_field_of_the_model_and_those_that_are_kept() =>
        Assert.Equal(
            Fields().Order(StringComparer.Ordinal),
            Rows(4).Select(row => $"{row[0]}.{row[1]} {Kept(row[2])}").Order(StringComparer.Ordinal)
        );

    [Fact]
    public void The_table_uses_three_words() =>
        Assert.Empty(Rows(4).Select(row => row[2]).Except(["works", "handed on", "kept"], StringComparer.Ordinal));

    [Fact]
    public void The_table_of_kinds_says_what_the_kinds_are() =>
        Assert.Equal(
            KindTraits
                .All.Select(kind =>
                    $"{kind.Name} {(kind.Kind is JobKind.MPIJob ? "the first one" : kind.Container)} {kind.Port?.ToString() ?? "-"} {kind.DefaultRestartPolicy}"
                )
                .Order(StringComparer.Ordinal),
            Rows(6).Select(row => $"{row[0]} {row[2]} {row[3]} {row[4]}").Order(StringComparer.Ordinal)
        );

    private static string Kept(string state) => state == "kept" ? "kept" : "";

    private static IEnumerable<string[]> Rows(int columns) =>
        text.Split('\n')
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => line.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => cells.Length == columns - 1 ? [.. cells, ""] : cells)
            .Where(cells => cells.Length == columns && cells[0] is not ("Part" or "Kind"));

    private static IEnumerable<string> Fields()
    {
        var parts = new Dictionary<Type, JsonTypeInfo>();
        Collect(typeof(TrainingJob), parts);
        return parts.Values.SelectMany(part =>
            part.Properties.Where(property => !property.IsExtensionData && property.Get is not null)
                .Select(property =>
                    $"{part.Type.Name}.{property.Name.Replace(ShapeCheck.ReplicaSpecsField, "ReplicaSpecs", StringComparison.Ordinal)} "
                )
                .Concat(CarriedFields.Of(part.Type).Select(field => $"{part.Type.Name}.{field} kept"))
        );
    }

    private static void Collect(Type type, Dictionary<Type, JsonTypeInfo> parts)
    {
        var info = ManifestTypes.Info(Nullable.GetUnderlyingType(type) ?? type);
        if (info.ElementType is { } element)
        {
            Collect(element, parts);
        }

        if (info.Kind is JsonTypeInfoKind.Object && parts.TryAdd(info.Type, info))
        {
            foreach (var property in info.Properties.Where(property => !property.IsExtensionData))
            {
                Collect(property.PropertyType, parts);
            }
        }
    }
}
