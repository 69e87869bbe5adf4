namespace RouterGen.Tool.Output;

/// <summary>Writes files whole or not at all.</summary>
internal static class FileReplacement
{
    /// <summary>Writes a text beside its place, and moves it there: what is there stays as it is until then.</summary>
    public static async Task ReplaceAsync(string path, string text, CancellationToken cancellationToken)
    {
        string beside = path + ".routergen-new";
        try
        {
            await File.WriteAllTextAsync(beside, text, cancellationToken).ConfigureAwait(false);
            File.Move(beside, path, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }
}
