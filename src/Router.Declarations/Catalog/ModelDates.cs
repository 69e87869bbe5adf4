namespace RouterGen.Declarations.Catalog;

/// <summary>The dates at the end of the names of models.</summary>
internal static class ModelDates
{
    private static readonly string[] Endings = ["-####-##-##", "-########", "-##-####", "-####", "-latest", "@########"];

    /// <summary>Returns the name without the date of the snapshot at its end; null where there is none.</summary>
    public static string? Without(string model)
    {
        foreach (string ending in Endings)
        {
            int start = model.Length - ending.Length;
            if (start > 0 && Matches(model, start, ending)) return model.Substring(0, start);
        }

        return null;
    }

    private static bool Matches(string model, int start, string ending)
    {
        for (int i = 0; i < ending.Length; i++)
        {
            if (ending[i] is '#' ? model[start + i] is not (>= '0' and <= '9') : model[start + i] != ending[i]) return false;
        }

        return true;
    }
}
