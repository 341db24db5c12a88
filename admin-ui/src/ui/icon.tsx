import {
  IconAddressBook,
  IconBox,
  IconBuilding,
  IconBuildingSkyscraper,
  IconCategory,
  IconCoins,
  IconCurrencyEuro,
  IconFileDollar,
  IconFileText,
  IconKey,
  IconList,
  IconListDetails,
  IconPackage,
  IconReceipt,
  IconShield,
  IconTools,
  IconTruck,
  IconUser,
  IconUsers,
  IconUsersGroup,
  type Icon,
} from '@tabler/icons-react';

/** The icons an object may have, by the name that its metadata gives. */
export const OBJECT_ICONS: { readonly [name: string]: Icon } = {
  box: IconBox,
  'address-book': IconAddressBook,
  building: IconBuilding,
  'building-skyscraper': IconBuildingSkyscraper,
  category: IconCategory,
  coins: IconCoins,
  'currency-euro': IconCurrencyEuro,
  'file-dollar': IconFileDollar,
  'file-text': IconFileText,
  key: IconKey,
  list: IconList,
  'list-details': IconListDetails,
  package: IconPackage,
  receipt: IconReceipt,
  shield: IconShield,
  tools: IconTools,
  truck: IconTruck,
  user: IconUser,
  users: IconUsers,
  'users-group': IconUsersGroup,
};

export function ObjectIcon({ name, size = 18 }: { readonly name: string | undefined; readonly size?: number }) {
  const Shape = OBJECT_ICONS[name ?? 'box'] ?? IconBox;
  return <Shape size={size} stroke={1.7} aria-hidden />;
}
