using RouterGen;

namespace Quickstart;

/// <summary>One readable line for each call, and whether everything that was promised happened.</summary>
internal sealed class Report(TextWriter output)
{
    private int _broken;

    /// <summary>0 where every promise was kept.</summary>
    public int ExitCode => _broken == 0 ? 0 : 1;

    public void Title(string what, string how) => output.WriteLine($"\n{what}: {how}");

    public void Answer(RoutedResponse reply)
    {
        Line(reply.ModelUsed, reply.Duration, reply.Cost, reply.Attempts);
        output.WriteLine($"      {Shorten(reply.Text)}");
    }

    public void Value<T>(StructuredResponse<T> answer)
    {
        Line(answer.Response.ModelUsed, answer.Response.Duration, answer.Cost, answer.Attempts, $", by {answer.Mechanism}");
        output.WriteLine($"      {answer.Value}");
    }

    public void Vectors(RoutedEmbeddings vectors)
    {
        Line(vectors.ModelUsed, vectors.Duration, vectors.Cost, vectors.Attempts);
        output.WriteLine($"      {vectors.Count} {(vectors.Count == 1 ? "vector" : "vectors")} of {vectors[0].Vector.Length:N0} numbers");
    }

    public void Found(string text) => output.WriteLine($"      nearest: \"{text}\"");

    public void Begin() => output.Write("      ");

    public void Delta(string text) => output.Write(text);

    public void End(RoutedResponseUpdate last)
    {
        output.WriteLine();
        Line(last.ModelUsed, last.Duration, last.Cost, last.Attempts, $", first token after {last.TimeToFirstToken?.TotalMilliseconds:F0} ms");
    }

    public void Shares(Dictionary<string, int> shares, int calls, decimal cost)
    {
        foreach ((string deployment, int count) in shares.OrderBy(share => share.Value))
            output.WriteLine($"    {deployment,-28} {count,5:N0} calls = {100.0 * count / calls:F1} %");
        output.WriteLine($"    together ${cost}");
    }

    public void Promise(bool kept, string what)
    {
        if (kept) return;
        _broken++;
        output.WriteLine($"    BROKEN PROMISE: expected {what}.");
    }

    private void Line(string model, TimeSpan duration, decimal? cost, IReadOnlyList<Attempt> attempts, string more = "")
    {
        string failed = string.Concat(attempts.SkipLast(1).Select(attempt => $"  (before: {attempt.Deployment} {attempt.Outcome} {attempt.StatusCode})"));
        output.WriteLine($"    {model,-30} {duration.TotalMilliseconds,5:F0} ms{more}  ${cost?.ToString() ?? "unknown"}{failed}");
    }

    private static string Shorten(string text)
    {
        string line = text.ReplaceLineEndings(" ");
        return line.Length <= 90 ? line : line[..89] + "…";
    }
}
