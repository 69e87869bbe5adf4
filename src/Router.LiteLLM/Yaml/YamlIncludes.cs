namespace RouterGen.LiteLLM.Yaml;

/// <summary>
/// Reads a configuration and the files that it includes, as LiteLLM does: the lists of both are joined, and of anything else the
/// included file's counts. See https://docs.litellm.ai/docs/proxy/config_management.
/// </summary>
internal static class YamlIncludes
{
    private const string Include = "include";

    /// <summary>Reads a file with all that it includes.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="shown">Returns a path as messages say it.</param>
    /// <param name="comments">Where the places of comments are added.</param>
    /// <exception cref="YamlFault">A file cannot be read.</exception>
    public static YamlValue Read(string path, Func<string, string> shown, List<YamlMark> comments) => Read(path, shown, comments, []);

    private static YamlValue Read(string path, Func<string, string> shown, List<YamlMark> comments, List<string> open)
    {
        string text = File.ReadAllText(path);
        YamlValue root = YamlReader.Read(shown(path), text);
        comments.AddRange(YamlReader.Comments(shown(path), text));
        if (root is not YamlMapping mapping || mapping.Find(Include) is not { } include) return root;
        open.Add(path);
        mapping.Entries.Remove(include);
        if (include.Value is not YamlSequence files) throw new YamlFault(include.Value.Mark, "'include' must be a list of files");
        foreach (YamlValue item in files.Items)
        {
            if (item is not YamlScalar named) throw new YamlFault(item.Mark, "'include' must be a list of files");
            string included = Path.GetFullPath(named.Text, Path.GetDirectoryName(path)!);
            if (open.Contains(included)) throw new YamlFault(item.Mark, $"'{named.Text}' includes itself");
            if (!File.Exists(included)) throw new YamlFault(item.Mark, $"the included file '{named.Text}' does not exist");
            if (Read(included, shown, comments, open) is not YamlMapping other) throw new YamlFault(item.Mark, $"the included file '{named.Text}' must be a mapping");
            Join(mapping, other);
        }

        open.Remove(path);
        return mapping;
    }

    private static void Join(YamlMapping mapping, YamlMapping included)
    {
        foreach (YamlEntry entry in included.Entries)
        {
            int at = mapping.Entries.FindIndex(own => own.Key == entry.Key);
            if (at < 0) mapping.Entries.Add(entry);
            else if (mapping.Entries[at].Value is YamlSequence list && entry.Value is YamlSequence more) list.Items.AddRange(more.Items);
            else mapping.Entries[at] = entry;
        }
    }
}
