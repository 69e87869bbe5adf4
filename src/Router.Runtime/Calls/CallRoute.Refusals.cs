namespace RouterGen;

// What policies of the user's have refused for a call.
internal sealed partial class CallRoute
{
    /// <summary>Gets whether the policy of a group has refused deployments in the last look.</summary>
    public bool HasRefusals
    {
        get
        {
            for (int i = 0; i < _visitCount; i++)
            {
                if (!_visits[i].Refused.Deployments.IsEmpty) return true;
            }

            return false;
        }
    }

    /// <summary>What policies have refused in the last look, in words; null where nothing.</summary>
    public string? DescribeRefusals()
    {
        string[] refusals =
        [
            .. _visits.Take(_visitCount).Where(static visit => !visit.Refused.Deployments.IsEmpty).Select(static visit =>
            {
                string names = string.Join(", ", visit.Group.Deployments.Where(deployment => visit.Refused.Deployments.Contains(deployment.Index)).Select(static deployment => deployment.Name));
                return visit.Refused.HasFailed
                    ? $"the selection policy of '{visit.Group.Name}' failed (see the log), so that none of its deployments is used: {names}"
                    : $"the selection policy of '{visit.Group.Name}' refused the call for {names}";
            }),
        ];
        return refusals.Length == 0 ? null : string.Join("; ", refusals);
    }
}
