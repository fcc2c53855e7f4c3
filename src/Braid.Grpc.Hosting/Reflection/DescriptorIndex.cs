using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Braid.Grpc.Hosting.Reflection;

/// <summary>Finds the files that describe a symbol; made once from the files of the services that are served.</summary>
internal sealed class DescriptorIndex
{
    private readonly Dictionary<string, FileDescriptor> files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileDescriptor> symbols = new(StringComparer.Ordinal);

    public DescriptorIndex(IEnumerable<FileDescriptor> roots)
    {
        foreach (var root in roots)
        {
            Add(root);
        }
    }

    /// <summary>The file of that name with everything it imports, serialised; null when there is none.</summary>
    public IReadOnlyList<ByteString>? File(string name) =>
        files.TryGetValue(name, out var file) ? WithImports(file) : null;

    /// <summary>The file that has a service, method, message or enum of that full name.</summary>
    public IReadOnlyList<ByteString>? Symbol(string name) =>
        symbols.TryGetValue(name, out var file) ? WithImports(file) : null;

    private static List<ByteString> WithImports(FileDescriptor file)
    {
        var seen = new List<FileDescriptor>();
        Collect(file, seen);
        return seen.ConvertAll(one => one.SerializedData);
    }

    private static void Collect(FileDescriptor file, List<FileDescriptor> seen)
    {
        if (seen.Contains(file))
        {
            return;
        }

        seen.Add(file);
        foreach (var import in file.Dependencies)
        {
            Collect(import, seen);
        }
    }

    private void Add(FileDescriptor file)
    {
        if (!files.TryAdd(file.Name, file))
        {
            return;
        }

        foreach (var import in file.Dependencies)
        {
            Add(import);
        }

        AddSymbols(file);
    }

    private void AddSymbols(FileDescriptor file)
    {
        foreach (var service in file.Services)
        {
            symbols[service.FullName] = file;
            foreach (var method in service.Methods)
            {
                symbols[method.FullName] = file;
            }
        }

        foreach (var one in file.EnumTypes)
        {
            symbols[one.FullName] = file;
        }

        AddMessages(file, file.MessageTypes);
    }

    private void AddMessages(FileDescriptor file, IEnumerable<MessageDescriptor> messages)
    {
        foreach (var message in messages)
        {
            symbols[message.FullName] = file;
            foreach (var one in message.EnumTypes)
            {
                symbols[one.FullName] = file;
            }

            AddMessages(file, message.NestedTypes);
        }
    }
}
