namespace Braid.TrainingJobs.Manifests.Reading;

/// <summary>How many values, and how deep in each other, a file may still have.</summary>
internal sealed class ValueBudget(int most)
{
    /// <summary>A stack holds this; manifests need a third of it.</summary>
    private const int deepest = 64;

    private int taken;

    public void Take(int depth)
    {
        if (depth > deepest)
        {
            throw new MalformedException($"values are nested more than {deepest} deep");
        }

        if (++taken > most)
        {
            throw new MalformedException($"more than {most} values");
        }
    }
}
