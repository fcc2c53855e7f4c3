namespace Braid.Data.Annotations;

/// <summary>A change of the annotations of one thing.</summary>
public abstract record AnnotationEdit
{
    private AnnotationEdit() { }

    /// <summary>These instead of all that there are.</summary>
    public sealed record Replace(IReadOnlyDictionary<string, string> All) : AnnotationEdit;

    /// <summary>One more; refused when the key is taken.</summary>
    public sealed record Add(string Key, string Value) : AnnotationEdit;

    /// <summary>A value for a key, whether it is there or not.</summary>
    public sealed record Set(string Key, string Value) : AnnotationEdit;

    /// <summary>Without this key; nothing happens when it is not there.</summary>
    public sealed record Delete(string Key) : AnnotationEdit;
}
