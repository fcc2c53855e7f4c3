using System.Text;

namespace Braid.Client.Capture;

/// <summary>Logs each line that the program writes to its console, which goes on showing it.</summary>
internal sealed class ConsoleCapture : IDisposable
{
    private readonly Tee output;
    private readonly Tee error;

    public ConsoleCapture(Experiment experiment)
    {
        output = new(Console.Out, experiment.LogLine);
        error = new(Console.Error, experiment.LogLine);
        Console.SetOut(output);
        Console.SetError(error);
    }

    public void Dispose()
    {
        Console.SetOut(output.Screen);
        Console.SetError(error.Screen);
        output.End();
        error.End();
    }

    private sealed class Tee(TextWriter screen, Action<string> log) : TextWriter
    {
        private readonly StringBuilder line = new();

        public TextWriter Screen => screen;

        public override Encoding Encoding => screen.Encoding;

        public override void Write(char value)
        {
            screen.Write(value);
            lock (line)
            {
                Add(value);
            }
        }

        public override void Write(char[] buffer, int index, int count)
        {
            screen.Write(buffer, index, count);
            lock (line)
            {
                foreach (var each in buffer.AsSpan(index, count))
                {
                    Add(each);
                }
            }
        }

        public override void Write(string? value)
        {
            screen.Write(value);
            lock (line)
            {
                foreach (var each in value ?? "")
                {
                    Add(each);
                }
            }
        }

        public override void WriteLine(string? value) => Write(value + "\n");

        public override void Flush() => screen.Flush();

        /// <summary>A last line without an end.</summary>
        public void End()
        {
            lock (line)
            {
                if (line.Length > 0)
                {
                    Add('\n');
                }
            }
        }

        private void Add(char each)
        {
            if (each == '\n')
            {
                log(line.ToString());
                line.Clear();
            }
            else if (each != '\r')
            {
                line.Append(each);
            }
        }
    }
}
