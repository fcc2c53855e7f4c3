using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Braid.TrainingJobs.Reconciling;
using Braid.TrainingJobs.Statuses;

namespace Braid.TrainingJobs.Manifests;

/// <summary>How the parts of the model are written: as <see cref="ManifestJson"/> says, without what is empty.</summary>
internal static class ManifestTypes
{
    private static readonly ObjectMetadata noMetadata = new();
    private static readonly RunPolicy noPolicy = new();
    private static readonly ResourceRequirements noResources = new();

    private static readonly JsonSerializerOptions compact = new(ManifestJson.Default.Options)
    {
        TypeInfoResolver = ManifestJson.Default.WithAddedModifier(LeaveOutWhatIsEmpty),
    };

    public static JsonTypeInfo<TrainingJob> Job { get; } = Info<TrainingJob>();

    public static JsonTypeInfo<JobStatus> Status { get; } = Info<JobStatus>();

    public static JsonTypeInfo<ReconcileMemory> Memory { get; } = Info<ReconcileMemory>();

    public static JsonTypeInfo Info(Type type) => compact.GetTypeInfo(type);

    private static JsonTypeInfo<T> Info<T>() => (JsonTypeInfo<T>)compact.GetTypeInfo(typeof(T));

    /// <summary>Texts, lists and parts that say nothing are not written, as Kubernetes leaves them out.</summary>
    private static void LeaveOutWhatIsEmpty(JsonTypeInfo type)
    {
        foreach (
            var property in type.Properties.Where(property => !property.IsExtensionData && property.Get is not null)
        )
        {
            var isCount = property.PropertyType == typeof(int);
            var before = property.ShouldSerialize;
            property.ShouldSerialize = (owner, value) =>
                (before is null || before(owner, value)) && !(isCount && value is 0) && Says(value);
        }
    }

    private static bool Says(object? value) =>
        value switch
        {
            null => false,
            string text => text.Length > 0,
            ICollection list => list.Count > 0,
            ObjectMetadata metadata => metadata != noMetadata,
            RunPolicy policy => policy != noPolicy,
            ResourceRequirements resources => resources != noResources,
            _ => true,
        };
}
