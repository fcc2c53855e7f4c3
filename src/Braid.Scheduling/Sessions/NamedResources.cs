namespace Braid.Scheduling.Sessions;

/// <summary>Numbers the names of extended resources and MIG profiles, so that nodes hold them in arrays.</summary>
internal sealed class NamedResources
{
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly List<string> names = [];

    public int NumberOf(string name)
    {
        if (!numbers.TryGetValue(name, out var number))
        {
            number = names.Count;
            numbers.Add(name, number);
            names.Add(name);
        }

        return number;
    }

    public string NameOf(int number) => names[number];
}
