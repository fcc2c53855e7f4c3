namespace Braid.Pipelines;

/// <summary>Names a pipeline: its project and its name. The text form is <c>project/name</c>, which is also its output repo's.</summary>
public readonly record struct PipelineRef(string Project, string Name)
{
    /// <summary>Of its name in a label, so that what is added to it still is one.</summary>
    private const int longestLabel = 24;

    /// <summary>Its name as the beginning of a host's: lower-case letters, digits and dashes, a letter first.</summary>
    internal string Label
    {
        get
        {
            var letters = Name.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-');
            var label = string.Concat(letters).Trim('-');
            label = label.Length > 0 && char.IsAsciiLetter(label[0]) ? label : $"p{label}";
            return (label.Length > longestLabel ? label[..longestLabel] : label).TrimEnd('-');
        }
    }

    public override string ToString() => $"{Project}/{Name}";
}
