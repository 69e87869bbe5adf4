using System.Diagnostics;

namespace RouterGen.Stores.Tests;

/// <summary>A program that writes to a store for ever, and prints a line for each batch that the store has acknowledged, until it is killed.</summary>
internal static class WriterProcess
{
    /// <summary>Runs several at once, each killed at another place.</summary>
    /// <param name="program">The name of its project, which is built with that of the tests.</param>
    /// <param name="store">The store's file or address.</param>
    /// <param name="name">What the rows of these processes begin with.</param>
    /// <returns>The lines of each that are whole.</returns>
    public static async Task<List<string>[]> RunAsync(string program, string store, string name)
    {
        Process[] writers = [.. Enumerable.Range(0, 3).Select(i => Start(program, store, $"{name}-{i}"))];
        return await Task.WhenAll(writers.Select(static (writer, i) => ReadAsync(writer, lines: 5 + (i * 4))));
    }

    private static async Task<List<string>> ReadAsync(Process writer, int lines)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        var read = new List<string>();
        while (await writer.StandardOutput.ReadLineAsync(token) is { } line)
        {
            read.Add(line);
            if (read.Count == lines) writer.Kill();
        }

        string error = await writer.StandardError.ReadToEndAsync(token);
        Assert.True(error.Length == 0, error);
        await writer.WaitForExitAsync(token);
        writer.Dispose();
        return read[..lines]; // The last line may be a part of one.
    }

    private static Process Start(string program, string store, string name)
    {
        string folder = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        string build = Path.GetRelativePath(Path.Combine(folder, "../.."), folder);
        string path = Path.Combine(folder, "../../../..", program, "bin", build, $"{program}.dll");
        return Process.Start(new ProcessStartInfo("dotnet", [path, store, name]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }
}
