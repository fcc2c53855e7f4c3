namespace Braid.TrainingJobs.Kinds;

/// <summary>The names of replica types, as manifests spell them.</summary>
public static class ReplicaTypes
{
    public const string Chief = "Chief";
    public const string Master = "Master";
    public const string ParameterServer = "PS";
    public const string Worker = "Worker";
    public const string Evaluator = "Evaluator";
    public const string Launcher = "Launcher";

    /// <summary>Those of which the success of a TFJob depends.</summary>
    public static bool IsChiefOrMaster(string type) => type is Chief or Master;
}
