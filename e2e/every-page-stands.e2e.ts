import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { leaveBrowser, openBrowser, whyNoBrowser } from './browser.ts'
import { startApp, type RunningApp } from './running-app.ts'
import { inspect, openPage, signInAs } from './visit.ts'

const PAGES = {
  documents: '/documents',
  'document-new': '/documents/new',
  'document-register': '/documents/register',
  letterhead: '/documents/letterhead',
  reports: '/reports',
  'report-new': '/reports/new',
  'report-templates': '/reports/templates',
  'report-template': '/reports/templates/periodic',
  'report-template-new': '/reports/templates/new',
  'report-requests': '/reports/requests',
  'report-request-new': '/reports/requests/new',
  today: '/',
  search: '/search?q=bat%20xat',
  'search-nothing': '/search?q=zzzz',
  plans: '/plans',
  'plans-import': '/plans/import',
  tasks: '/tasks?state=all',
  'tasks-board': '/tasks/board',
  'tasks-calendar': '/tasks/calendar?month=2023-09&state=all',
  organisations: '/organisations',
  'organisations-2023': '/organisations?on=2023-07-12',
  organisation: '/organisations/STTTT-LC',
  'organisations-import': '/organisations/import',
  places: '/places',
  facts: '/facts',
  'fact-new': '/facts/new',
  'fact-mend': '/facts/111/mend',
  'stations-none-found': '/stations?q=zzzz',
  'station-new': '/stations/new',
  'stations-control-none': '/stations/control',
  'stations-keys': '/stations/keys',
  messages: '/messages',
  'message-begin': '/messages/new',
  terms: '/terms',
  'review-steps': '/review-steps',
  'releases-unknown': '/releases/unknown',
  'releases-prices': '/releases/prices',
  figures: '/figures',
  'figures-old-map': '/figures?place=VN&map=2025-01-01&by=place',
  'figures-facts': '/figures/facts?indicator=sessions&place=all',
  coverage: '/figures/coverage',
  'coverage-gap': '/figures/coverage?gap=hmn',
  snapshots: '/figures/snapshots',
  'figure-settings': '/figures/settings',
  access: '/access',
  audit: '/audit',
  alarms: '/alarms',
  bridge: '/bridge',
  'bridge-codes': '/bridge/codes',
  'bridge-names': '/bridge/names',
  'bridge-no-days': '/bridge/days',
  account: '/account',
  'two-factor': '/account/two-factor',
}

describe.skipIf(whyNoBrowser !== null)(`every page stands${whyNoBrowser ? ` (${whyNoBrowser})` : ''}`, () => {
  let app: RunningApp
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    app = await startApp()
    browser = await openBrowser()
    page = await openPage(browser, app.address)
  })
  afterAll(async () => {
    await leaveBrowser(browser)
    await app?.stop()
  })

  test('a stranger is led to sign in, and a wrong password is said in words', async () => {
    await page.goto('/plans')
    await inspect(page, 'sign-in')
    await page.getByLabel('Tên đăng nhập').fill('tinh')
    await page.getByLabel('Mật khẩu').fill('sai-mat-khau')
    await page.getByRole('button', { name: 'Đăng nhập' }).click()
    await page.getByText('Tên đăng nhập hoặc mật khẩu chưa đúng.').first().waitFor()
    expect(await page.getByLabel('Tên đăng nhập').inputValue()).toBe('tinh')
    await inspect(page, 'sign-in-refused')
    await signInAs(page, 'tinh', app.passwords.get('tinh'))
  })

  test.each(Object.entries(PAGES))('%s', async (name, path) => {
    const answer = await page.goto(path)
    expect(answer?.status()).toBe(200)
    await inspect(page, name)
  })

  test('a page that is not there says where to go', async () => {
    expect((await page.goto('/nothing-here'))?.status()).toBe(404)
    await inspect(page, 'not-found')
  })

  test('the plan, its campaign and a task can be opened from the lists', async () => {
    await page.goto('/plans')
    await page.locator('.row-link').first().click()
    await inspect(page, 'plan')
    await page.goto('/tasks?state=all')
    await page.locator('.row-link').first().click()
    await inspect(page, 'task')
  })

  test('all of it can be read in English', async () => {
    await page.goto('/tasks?lang=en')
    await page.getByRole('heading', { name: 'Tasks', level: 1 }).waitFor()
  })
})
