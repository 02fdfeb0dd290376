/** Bulletin (bản tin): issues by number, exactly as they went out to lists open to all; a number stays and says when it was taken back. */
export { issueAfter, issueByNumber, issueOfRelease, issuesBelow, publishIssue, withdrawIssues } from './issue.store.ts'
export { wordsIn, type Issue, type IssueWords } from './issue.ts'
