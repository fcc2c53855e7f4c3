using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Braid.TrainingJobs.Kinds;
using Braid.TrainingJobs.Validation;

namespace Braid.TrainingJobs.Manifests.Reading;

/// <summary>
/// Compares a manifest with the model itself: a value of a wrong type is an error with its path, a field that the model does not have is
/// a warning. What passes can be read without another failure.
/// </summary>
internal sealed class ShapeCheck(KindTraits kind, Findings findings)
{
    /// <summary>Where the model has the replicas of every kind.</summary>
    public const string ReplicaSpecsField = "$replicaSpecs";

    public void Check(JsonObject manifest) => CheckObject(manifest, ManifestTypes.Job, "");

    private void Check(JsonNode? value, Type type, string path)
    {
        var info = ManifestTypes.Info(Nullable.GetUnderlyingType(type) ?? type);
        switch (info.Kind)
        {
            case JsonTypeInfoKind.Object:
                CheckObject(value, info, path);
                break;
            case JsonTypeInfoKind.Enumerable:
                CheckList(value, info, path);
                break;
            case JsonTypeInfoKind.Dictionary:
                CheckMap(value, info, path);
                break;
            default:
                if (ScalarCheck.Wrong(value, info.Type, path) is { } error)
                {
                    findings.Errors.Add(error);
                }

                break;
        }
    }

    private void CheckObject(JsonNode? value, JsonTypeInfo info, string path)
    {
        if (value is not JsonObject map)
        {
            findings.Errors.Add(FieldError.WrongType(path, "object", TypeName.Of(value)));
            return;
        }

        foreach (var (name, item) in map)
        {
            var property = info.Properties.FirstOrDefault(other => other.Name == name && !other.IsExtensionData);
            if (property is null || (info.Type == typeof(TrainingJobSpec) && !KindFields.Has(kind.Kind, name)))
            {
                Warn(info.Type, name, Join(path, name));
            }
            else if (item is not null)
            {
                Check(item, property.PropertyType, Join(path, name));
            }
        }

        CheckRequired(map, info, path);
    }

    private void CheckRequired(JsonObject map, JsonTypeInfo info, string path)
    {
        foreach (var property in info.Properties.Where(property => property.IsRequired && map[property.Name] is null))
        {
            findings.Errors.Add(FieldError.Required(Join(path, property.Name), "must be specified"));
        }
    }

    private void CheckList(JsonNode? value, JsonTypeInfo info, string path)
    {
        if (value is not JsonArray list)
        {
            findings.Errors.Add(FieldError.WrongType(path, "array", TypeName.Of(value)));
            return;
        }

        for (var i = 0; i < list.Count; i++)
        {
            CheckItem(list[i], info, $"{path}[{i}]");
        }
    }

    private void CheckMap(JsonNode? value, JsonTypeInfo info, string path)
    {
        if (value is not JsonObject map)
        {
            findings.Errors.Add(FieldError.WrongType(path, "object", TypeName.Of(value)));
            return;
        }

        foreach (var (key, item) in map)
        {
            CheckItem(item, info, $"{path}[{key}]");
        }
    }

    private void CheckItem(JsonNode? item, JsonTypeInfo info, string path)
    {
        if (item is null)
        {
            findings.Errors.Add(FieldError.Required(path, "must be specified"));
        }
        else if (info.ElementType is { } type)
        {
            Check(item, type, path);
        }
    }

    private void Warn(Type part, string field, string path) =>
        findings.Warnings.Add(
            CarriedFields.Has(part, field)
                ? $"{path} is kept, and nothing here acts on it"
                : $"unknown field \"{path}\""
        );

    private string Join(string path, string name)
    {
        var field = name == ReplicaSpecsField ? kind.SpecsField : name;
        return path.Length == 0 ? field : $"{path}.{field}";
    }
}

/// <summary>What Kubernetes calls the type of a value.</summary>
internal static class TypeName
{
    public static string Of(JsonNode? value) =>
        value?.GetValueKind() switch
        {
            JsonValueKind.Object => "object",
            JsonValueKind.Array => "array",
            JsonValueKind.String => "string",
            JsonValueKind.True or JsonValueKind.False => "boolean",
            JsonValueKind.Number => value.AsValue().TryGetValue<long>(out _) ? "integer" : "number",
            _ => "null",
        };
}
