using System.Collections.Frozen;
using System.Reflection;

namespace Braid.Gateway.Web.Pages;

/// <summary>The files of a folder that was embedded in this assembly, by the names that browsers ask for.</summary>
internal sealed class UiFiles
{
    private readonly FrozenDictionary<string, UiFile> files;

    /// <param name="files">Names are relative, as <c>assets/index.js</c>; those of compressed files end in <c>.gz</c>.</param>
    public UiFiles(IEnumerable<KeyValuePair<string, byte[]>> files) =>
        this.files = files.ToFrozenDictionary(
            file => UiFile.Plain(file.Key),
            file => UiFile.Of(file.Key, file.Value),
            StringComparer.Ordinal
        );

    /// <summary>What the browser application is built to; nothing when this assembly was built without it.</summary>
    public static UiFiles Application() => Embedded("ui/");

    /// <summary>The pages that need no application.</summary>
    public static UiFiles Plain() => Embedded("plain/");

    public IEnumerable<string> Names => files.Keys;

    public UiFile? Find(string name) => files.GetValueOrDefault(name);

    private static UiFiles Embedded(string folder)
    {
        var assembly = typeof(UiFiles).Assembly;
        return new(
            from name in assembly.GetManifestResourceNames()
            where name.StartsWith(folder, StringComparison.Ordinal)
            select KeyValuePair.Create(name[folder.Length..], Read(assembly, name))
        );
    }

    private static byte[] Read(Assembly assembly, string name)
    {
        using var resource = assembly.GetManifestResourceStream(name)!; // the name came from the assembly
        using var content = new MemoryStream();
        resource.CopyTo(content);
        return content.ToArray();
    }
}
